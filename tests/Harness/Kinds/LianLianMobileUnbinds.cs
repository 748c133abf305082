using System.Globalization;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Harness.Kinds;

/// <summary>
/// Cards taken away at LianLian mobile, one of each payer's two: "no record", as the list of a payer with none says,
/// does not name the payer and proves nothing. Taking away what is gone changes nothing, so the design
/// lets it be sent again, and a second time is no duplicate.
/// </summary>
internal sealed class LianLianMobileUnbinds : Feed
{
    private const string Merchant = "201801160001410034";
    private readonly Queue<(string Payer, string Agreement)> stock = new();
    private Account account = null!;
    private int made;

    public override string Name => "lianlian-mobile unbind";

    public override async Task OpenAsync(Bench bench) =>
        account = await Merchants.LianLianMobileAsync(bench, Merchant);

    public override async Task StockAsync(Bench bench, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var payer = string.Create(CultureInfo.InvariantCulture, $"payer{++made:D6}");
            await BindAsync(bench, payer, "6222021234567890");
            stock.Enqueue((payer, await BindAsync(bench, payer, "6228481234567891")));
        }
    }

    public override Task<Guid> RequestAsync(Bench bench)
    {
        var (payer, agreement) = stock.Dequeue();
        return bench.SubmitAsync(new OperationWish
        {
            CommandId = Guid.CreateVersion7(),
            Kind = OperationKind.Unbind,
            Account = account,
            Amount = new Money(0, account.CurrencyList[0]),
            Payee = payer,
            Target = agreement,
            Details = OperationDetails.Write(new UnbindDetails(payer, "ICBC", "7890")),
            Reason = "Returned",
        });
    }

    public override async Task<IReadOnlyList<LedgerEntry>> ReadLedgerAsync(HttpClient sandbox) =>
    [
        .. from row in (await ReadAsync(sandbox, $"/control/lianlian-mobile/ledger?oidPartner={Merchant}"))
               .GetProperty("agreements").EnumerateArray()
           where row.GetProperty("timesUnbound").GetInt32() > 0
           select new LedgerEntry(Name, row.GetProperty("noAgree").GetString()!, 1, LedgerStanding.Done),
    ];

    private static async Task<string> BindAsync(Bench bench, string payer, string card) =>
        (await bench.Sandbox.SendAsync(
            HttpMethod.Post, $"/control/lianlian-mobile/merchants/{Merchant}/cards",
            new { userId = payer, cardNo = card })).GetProperty("noAgree").GetString()!;

    public override bool Owns(PortalRow row) => row.Kind == "Unbind";

    public override string KeyOf(PortalRow row) => row.Target;
}
