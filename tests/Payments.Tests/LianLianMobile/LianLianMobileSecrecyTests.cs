using System.Text;
using System.Text.Json;
using MerchantPortal.Payments.Providers;

namespace MerchantPortal.Payments.Tests.LianLianMobile;

/// <summary>What all interfaces have in common: what may be kept of them, and when nothing leaves.</summary>
public sealed class LianLianMobileSecrecyTests
{
    private const string Card = "6222020111122220007";
    private const string Payer = "payer-8812";
    private const string Agreement = "2014031710002121";

    private static readonly DateTimeOffset At = new(2026, 11, 20, 2, 40, 13, TimeSpan.Zero);

    private static readonly OrderReference Order = new("2013051500001", At, null);

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task No_transcript_of_any_interface_holds_a_key_a_signature_a_card_or_a_person(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);
        Dictionary<string, string> answer = new()
        {
            ["ret_code"] = "0000",
            ["ret_msg"] = "交易成功 13958069593",
            ["card_no"] = Card,
            ["user_id"] = Payer,
            ["no_agree"] = Agreement,
            ["acct_name"] = "张三",
            ["id_no"] = "330106199001011234",
            ["info_order"] = "张三 13958069593",
            ["bind_mobile"] = "13958069593",
            ["extra"] = "张三",
        };
        bench.Answer(bench.Signed(answer));

        var transcripts = await EverythingAsync(bench, bench.Permit);

        transcripts.Count.ShouldBe(8);
        bench.Requests.Count.ShouldBe(8);
        foreach (var transcript in transcripts)
        {
            var kept = transcript.ToString();
            transcript.ShownRequest.ShouldContain("oid_partner=" + LianLianMobileBench.Merchant);
            transcript.ShownAnswer.ShouldContain("ret_code=0000");
            string[] never =
            [
                LianLianMobileBench.Secret, "sign=", Card, Card[..10], Payer, Agreement, "张三", "13958069593",
                "330106199001011234", .. bench.Requests.Select(Sign),
            ];
            foreach (var secret in never)
            {
                kept.ShouldNotContain(secret);
            }
        }
    }

    [Fact]
    public async Task A_permit_that_ran_out_and_a_stopped_process_send_nothing()
    {
        using var bench = new LianLianMobileBench();
        var permit = bench.Permit();
        bench.Clock.Advance(TimeSpan.FromSeconds(6));

        var late = await bench.Provider.Refunds!.SendAsync(
            bench.Account, Refund(), bench.Keys, permit, CancellationToken.None);
        var stopped = await bench.Provider.Refunds!.SendAsync(
            bench.Account, Refund(), bench.Keys, bench.Permit(), new CancellationToken(canceled: true));

        late.ShouldBeOfType<ProviderOutcome.NotSent>().Error.ShouldBe(ProviderError.SentTooLate);
        stopped.ShouldBeOfType<ProviderOutcome.NotSent>();
        bench.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SignatureMode.Md5)]
    [InlineData(SignatureMode.Rsa)]
    public async Task Without_keys_no_interface_sends_anything(SignatureMode mode)
    {
        using var bench = new LianLianMobileBench(mode);
        bench.Keys.Dispose();
        bench.Keys = new() { Version = 1 };

        var transcripts = await EverythingAsync(bench, bench.Permit);

        transcripts.ShouldAllBe(kept => kept.Failure == ProviderError.KeyMissing && !kept.BodyStarted);
        bench.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_merchant_number_that_is_none_sends_nothing()
    {
        using var bench = new LianLianMobileBench();
        bench.Account = bench.Account with { MerchantId = "20130412100000100" };

        var transcripts = await EverythingAsync(bench, bench.Permit);

        transcripts.ShouldAllBe(kept => kept.Failure == ProviderError.InvalidRequest && !kept.BodyStarted);
        bench.Requests.ShouldBeEmpty();
    }

    private static RefundRequest Refund() => new()
    {
        RefundNumber = "R1",
        Order = Order,
        OrderAmount = LianLianMobileBench.Yuan(100),
        Amount = LianLianMobileBench.Yuan(100),
        RequestedAt = At,
    };

    private static async Task<List<Transcript>> EverythingAsync(LianLianMobileBench bench, Func<SendPermit> permit)
    {
        var (provider, account, keys) = (bench.Provider, bench.Account, bench.Keys);
        var never = CancellationToken.None;
        var held = new PreAuthRequest
        {
            Order = Order,
            Authorised = LianLianMobileBench.Yuan(100),
            Amount = LianLianMobileBench.Yuan(100),
            PayerId = Payer,
            RequestedAt = At,
        };
        using var card = new SecretBytes(Encoding.ASCII.GetBytes(Card));
        return
        [
            (await provider.Orders!.FindAsync(account, Order, keys, never)).Transcript,
            (await provider.Refunds!.SendAsync(account, Refund(), keys, permit(), never)).Transcript,
            (await provider.Refunds!.QueryAsync(account, Refund(), keys, never)).Transcript,
            (await provider.PreAuthorisations!.ConfirmAsync(account, held, keys, permit(), never)).Transcript,
            (await provider.PreAuthorisations!.QueryAsync(account, held, keys, never)).Transcript,
            (await provider.Cards!.FindBankAsync(account, card, keys, never)).Transcript,
            (await provider.Cards!.ListAsync(account, Payer, 0, keys, never)).Transcript,
            (await provider.Cards!.UnbindAsync(account, new(Payer, Agreement), keys, permit(), never)).Transcript,
        ];
    }

    private static string Sign(string body) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(body)!["sign"];
}
