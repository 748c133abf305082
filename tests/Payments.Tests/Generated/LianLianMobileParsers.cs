using System.Text;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.LianLianMobile;
using MerchantPortal.Payments.Signatures;
using MerchantPortal.Payments.Tests.LianLianMobile;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>LianLian mobile's notification and answers; the damaged ones also under a genuine signature.</summary>
internal sealed class LianLianMobileParsers : ParserGroup
{
    private const string Ours = "\"ret_code\":\"0000\",\"ret_msg\":\"交易成功\",\"oid_partner\":\"201304121000001004\"";

    private const string Paid =
        $$"""
        {{{Ours}},"dt_order":"20130515094013","no_order":"2013051500001","oid_paybill":"2013051613121201",
        "money_order":"210.97","result_pay":"SUCCESS","settle_date":"20130516","info_order":"x","pay_type":"2",
        "bank_code":"01020000","bank_name":"工商银行","card_no":"6222","memo":"m"}
        """;

    private const string Refunded =
        $$"""
        {{{Ours}},"no_refund":"R2026112100001","dt_refund":"20261121023000","money_refund":"20.50",
        "oid_refundno":"2026112100998877","sta_refund":"0"}
        """;

    private const string Held =
        $$"""
        {{{Ours}},"no_order":"PA20261120001","dt_order":"20261120104013","oid_paybill":"2026112013121201",
        "money_order":"800.50","settle_date":"20261121","result_pay":"SUCCESS"}
        """;

    private const string Bank =
        """{"ret_code":"0000","card_no":"6222020111122220007","bank_code":"0102","bank_name":"x","card_type":"2"}""";

    private const string List =
        """
        {"ret_code":"0000","ret_msg":"x","user_id":"1234567","count":"1","agreement_list":[{"no_agree":"201403",
        "card_no":"6789","bank_code":"01020000","bank_name":"x","card_type":"2","bind_mobile":"13958069593"}]}
        """;

    private static readonly RefundRequest Refund = new()
    {
        RefundNumber = "R2026112100001",
        Order = new("2013051500001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), "2013051613121201"),
        OrderAmount = LianLianMobileBench.Yuan(21097),
        Amount = LianLianMobileBench.Yuan(2050),
        RequestedAt = new(2026, 11, 20, 18, 30, 0, TimeSpan.Zero),
    };

    private static readonly PreAuthRequest Hold = new()
    {
        Order = new("PA20261120001", new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero), null),
        Authorised = LianLianMobileBench.Yuan(100000),
        Amount = LianLianMobileBench.Yuan(80050),
        PayerId = "1234567",
        RequestedAt = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero),
    };

    private readonly SignatureMode mode;

    public LianLianMobileParsers(SignatureMode mode)
    {
        this.mode = mode;
        Parsers = [.. Of(Own(new LianLianMobileBench(mode)))];
    }

    public override IReadOnlyList<Parser> Parsers { get; }

    public override int Share => mode == SignatureMode.Rsa ? 1 : 6;

    private IEnumerable<Parser> Of(LianLianMobileBench bench)
    {
        var card = Own(new SecretBytes("6222020111122220007"u8));
        var order = new OrderReference("2013051500001", new(2013, 5, 15, 1, 40, 13, TimeSpan.Zero), null);
        var provider = bench.Provider;
        var (account, keys, none) = (bench.Account, bench.Keys, CancellationToken.None);
        return
        [
            new($"lianlian-mobile-notification-{Mode(bench)}", [Paid], input => Notify(bench, input)),
            new($"lianlian-mobile-app-result-{Mode(bench)}", [Paid], input => ReadResult(bench, input)),
            Ask("order", Paid, () => provider.Orders!.FindAsync(account, order, keys, none)),
            Ask("refund", Refunded, () => provider.Refunds!.SendAsync(account, Refund, keys, bench.Permit(), none)),
            Ask("refund-query", Refunded, () => provider.Refunds!.QueryAsync(account, Refund, keys, none)),
            Ask("preauth-confirm", Held,
                () => provider.PreAuthorisations!.ConfirmAsync(account, Hold, keys, bench.Permit(), none)),
            Ask("preauth-cancel", Held,
                () => provider.PreAuthorisations!.CancelAsync(account, Hold, keys, bench.Permit(), none)),
            Ask("preauth-query", Held, () => provider.PreAuthorisations!.QueryAsync(account, Hold, keys, none)),
            Ask("card-bank", Bank, () => provider.Cards!.FindBankAsync(account, card, keys, none)),
            Ask("card-list", List, () => provider.Cards!.ListAsync(account, "1234567", 0, keys, none)),
            Ask("card-unbind", Bank, () => provider.Cards!.UnbindAsync(
                account, new("1234567", "2014031710002121"), keys, bench.Permit(), none)),
        ];

        Parser Ask(string name, string sample, Func<Task> ask) => new(
            $"lianlian-mobile-{name}-{Mode(bench)}", [sample, """{"ret_code":"8901","ret_msg":"x"}"""], input =>
            {
                bench.Answer(input);
                Parser.Finish(ask());
                bench.Answer(Signed(bench, input));
                Parser.Finish(ask());
            });
    }

    private static string Mode(LianLianMobileBench bench) => bench.Mode.ToString().ToLowerInvariant();

    private static void Notify(LianLianMobileBench bench, byte[] input)
    {
        foreach (var body in new[] { input, Signed(bench, input) })
        {
            var message = LianLianMobileBench.Message(body);
            bench.Provider.Notifications!.Read(bench.Account, message, bench.Keys);
            bench.Provider.Notifications.Show(message);
        }
    }

    private static void ReadResult(LianLianMobileBench bench, byte[] input)
    {
        foreach (var result in new[] { input, Signed(bench, input) })
        {
            bench.Provider.Payments.ReadResult(
                bench.Account, LianLianMobilePurpose.PreAuthorisation, result, bench.Keys);
        }
    }

    /// <summary>The object with the sign that its members ask for, where they can be read at all.</summary>
    private static byte[] Signed(LianLianMobileBench bench, byte[] input)
    {
        var text = Encoding.UTF8.GetString(input).TrimEnd();
        if (MessageMembers.Read(text, out _) is not { } members)
        {
            return input;
        }

        var named = members.ToDictionary(member => member.Name, member => member.Value);
        var sign = bench.Sign(LianLianMobileBench.Text(named, "agreement_list"));
        return Encoding.UTF8.GetBytes($"{text[..^1]},\"sign\":\"{sign}\"}}");
    }
}
