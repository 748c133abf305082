using System.Globalization;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Accounts;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Notifications;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Refunds;
using MerchantPortal.Portal.Features.SignIn;
using MerchantPortal.Portal.Features.Team;
using MerchantPortal.Portal.Security;
using Microsoft.EntityFrameworkCore;

namespace MerchantPortal.Portal.Rehearsal;

/// <summary>
/// Fills an empty rehearsal: people, accounts at every provider, a week of orders at the Sandbox and here, refunds
/// in several states. Everything goes the way that real things go; nothing is written past the commands.
/// </summary>
internal sealed class DemoWorld(IServiceProvider services, SandboxControl sandbox, Uri portal)
{
    private const string East = "100020091218001";
    private const string Overseas = "100020091218002";
    private static readonly Actor Job = Actor.Job("demo");
    private readonly IDbContextFactory<PortalDb> factory = services.GetRequiredService<IDbContextFactory<PortalDb>>();
    private readonly List<Guid> approved = [];
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();

    public async Task CreateAsync(DemoSecrets secrets)
    {
        await AddPeopleAsync(secrets.People);
        var east = await AddAccountAsync("华东旗舰店 East flagship", East, SignatureMode.Rsa, "CNY", secrets.Md5Key);
        var overseas = await AddAccountAsync("海外商城 Overseas store", Overseas, SignatureMode.Md5, "USD", secrets.Md5Key);
        var orders = DemoOrders.Week("HD", 110, foreign: false, time.GetUtcNow());
        await AddOrdersAsync(east, orders);
        await AddOrdersAsync(overseas, DemoOrders.Week("HP", 60, foreign: true, time.GetUtcNow()));
        await AddUnpaidAsync(east, orders[0].OrderedAt);
        await DemoPolicies.AddAsync(services);
        await new DemoShops(services, sandbox, portal).CreateAsync(secrets.Md5Key);
        await AddRequestsAsync(secrets.People, orders);
        var clerk = await ActAsAsync(secrets.People[0]);
        await new DemoHolds(services, sandbox, portal).CreateAsync(overseas, clerk);
        await new DemoCards(services, sandbox).CreateAsync(clerk);
        await new DemoCases(services, sandbox, portal).CreateAsync();
        await EndAsync(clerk);
        var admin = await ActAsAsync(secrets.People.First(person => person.Role == Role.Admin));
        await DemoChanges.ProposeAsync(services, admin, secrets.People[1].Email);
        await EndAsync(admin);
    }

    private async Task AddPeopleAsync(IReadOnlyList<DemoPerson> people)
    {
        var users = services.GetRequiredService<UserAccounts>();
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "demo.people", async commit =>
        {
            var manager = users.For(db);
            foreach (var person in people)
            {
                var weekAgo = commit.Now.AddDays(-7);
                var (user, _) = await TeamCommands.AddUserAsync(
                    commit, manager, person.Name, person.Email, person.Roles, weekAgo);
                await manager.AddPasswordAsync(user!, person.Password);
                users.EnrolSeed(user!, Totp.FromBase32(person.TotpSecret));
            }

            commit.Audit("installation", new { people = people.Count });
            return true;
        });
    }

    private async Task<Account> AddAccountAsync(
        string name, string merchantId, SignatureMode signature, string currencies, string md5Key)
    {
        var certificate = await sandbox.PutMerchantAsync(merchantId, md5Key);
        var made = await services.GetRequiredService<AccountCommands>().CreateAsync(Job, new AccountForm
        {
            Name = name,
            Provider = "allinpay",
            MerchantId = merchantId,
            Mode = AccountMode.Rehearsal,
            AnswerSignature = signature,
            Currencies = currencies,
            Md5Key = md5Key,
            ProviderPublic = Encoding.UTF8.GetBytes(certificate),
        });
        return made is AccountMade.Done done
            ? await services.GetRequiredService<AccountDirectory>().GetAsync(done.Id)
            : throw new InvalidOperationException($"The demo account was refused: {made}.");
    }

    private async Task AddOrdersAsync(Account account, IReadOnlyList<DemoOrder> orders)
    {
        // Some of today's are left for the statement to bring, as real ones come.
        var today = time.GetUtcNow().AddHours(-3);
        await using var db = await factory.CreateDbContextAsync();
        await db.CommitAsync(Job, "demo.orders", async commit =>
        {
            foreach (var order in orders.Where(order => order.OrderedAt < today))
            {
                var amount = new Money(order.Minor, account.CurrencyList[0]);
                var facts = new OrderFacts
                {
                    MerchantId = account.MerchantId,
                    MerchantNumber = order.MerchantNumber,
                    ProviderNumber = order.ProviderNumber,
                    OrderedAt = order.OrderedAt,
                    Amount = amount,
                    Paid = amount,
                    PaidAt = order.OrderedAt.AddSeconds(47),
                    Event = OrderEvent.PaymentSucceeded,
                    RawState = "payResult 1",
                    Method = order.Method,
                };
                var (_, id) = await commit.LearnAsync(account, facts, OrderSource.Statement);
                var row = await db.Set<Order>().FindAsync(id);
                row!.Payer = order.Payer;
                row.ShopState = order.ShopState;
            }

            return true;
        });

        // Only now, for the statement is read all the time and would bring the same orders in the same instant.
        await sandbox.PlaceOrdersAsync(orders.Select(order => AtSandbox(account, order, "paid")));
    }

    private async Task AddUnpaidAsync(Account account, DateTimeOffset at)
    {
        var csv = new StringBuilder("order_no,time,amount,currency,method,shop_state,payer\n");
        var unpaid = DemoOrders.Week("HW", 5, foreign: false, at);
        foreach (var order in unpaid)
        {
            var amount = new Money(order.Minor, account.CurrencyList[0]).ToDecimalText();
            csv.Append(CultureInfo.InvariantCulture, $"{order.MerchantNumber},{order.OrderedAt:yyyy-MM-ddTHH:mm:ss}Z,")
                .Append(CultureInfo.InvariantCulture, $"{amount},CNY,{order.Method},reserved 已预留,{order.Payer}\n");
        }

        csv.Append(
            "HW-BAD-1,2026-02-30 10:00:00,12.00,CNY,快捷支付,reserved,\n"
            + "HW-BAD-2,2026-11-20 10:00:00,12.005,CNY,快捷支付,reserved,\n");
        await sandbox.PlaceOrdersAsync(unpaid.Select(order => AtSandbox(account, order, "unpaid")));
        await services.GetRequiredService<OrderImport>().ImportAsync(
            Job, account.Id, "shop-orders.csv", Encoding.UTF8.GetBytes(csv.ToString()));
    }

    private async Task AddRequestsAsync(IReadOnlyList<DemoPerson> people, IReadOnlyList<DemoOrder> orders)
    {
        var clerk = await ActAsAsync(people[0]);
        var reviewer = await ActAsAsync(people[1]);
        var old = orders.Where(order => order.OrderedAt < time.GetUtcNow().AddHours(-30)).ToList();
        await RefundAsync(old[0], old[0].Minor, "Cancelled", "客户来电取消，尚未发货。", clerk, approve: true);
        await RefundAsync(
            old[3], old[3].Minor / 200 * 100, "Damaged", "Box arrived damaged, photo checked.", clerk, approve: true);
        await RefundAsync(old[5], 2078, "WrongAmount", "Shipping charged twice. 运费重复。", clerk, approve: true);
        await RefundAsync(old[8], 5075, "Returned", "1 of 3 items came back. 退货单 RMA-2207。", clerk, approve: true);
        await RefundAsync(old[11], old[11].Minor, "PaidTwice", "Two payments for one basket.", clerk, approve: false);
        await RefundAsync(old[14], 3000, "Goodwill", "Late delivery, agreed with the payer.", clerk, approve: false);
        await RefundAsync(old[20], old[20].Minor, "NotReceived", "快递丢失，承运商已确认。", clerk, approve: false);
        approved.Add(await new DemoTransfers(services, sandbox, clerk).CreateAsync());
        await ApproveAsync(people[1], reviewer, await DemoBatches.AskTransfersAsync(services, sandbox, clerk));
        await DemoBatches.AskAsync(services, clerk, [old[24], old[27], old[30]]);
        await EndAsync(clerk);
        await EndAsync(reviewer);
    }

    private async Task RefundAsync(
        DemoOrder order, long minor, string reason, string comment, Actor clerk, bool approve)
    {
        await using var db = await factory.CreateDbContextAsync();
        var row = await db.Set<Order>().AsNoTracking().SingleAsync(o => o.MerchantNumber == order.MerchantNumber);
        var balance = await db.Set<OrderBalance>().AsNoTracking().SingleAsync(b => b.OrderId == row.Id);
        var asked = await services.GetRequiredService<RefundCommands>().RequestAsync(clerk, new RefundForm
        {
            CommandId = Guid.CreateVersion7(),
            OrderId = row.Id,
            AmountText = new Money(minor, row.Amount.Currency).ToDecimalText(),
            SeenRefundable = balance.Refundable,
            Reason = reason,
            Comment = comment,
        });
        if (!approve || asked is not RefundRequested.Asked done)
        {
            return;
        }

        approved.Add(done.Id);
    }

    /// <summary>One code for all: the one before the current, which stays good for the person's own sign-in.</summary>
    private async Task ApproveAsync(DemoPerson person, Actor reviewer, string batch)
    {
        var rest = await DemoBatches.RejectOneAsync(services, reviewer, batch);
        await using var db = await factory.CreateDbContextAsync();
        var operations = await db.Set<Operation>().AsNoTracking().Where(o => approved.Contains(o.Id)).ToListAsync();
        var code = Totp.Code(Totp.FromBase32(person.TotpSecret), Totp.Step(time.GetUtcNow()) - 1);
        await services.GetRequiredService<StepUpCommands>().ProveAsync(
            reviewer, code,
            [
                .. operations.Select(o => new StepUpSubject(o.Id, o.TermsHash)),
                rest,
            ]);
        await DemoBatches.ApproveAsync(services, reviewer, rest);
        foreach (var operation in operations.OrderBy(o => o.RequestedAt).ThenBy(o => o.Id))
        {
            var decided = await services.GetRequiredService<ApprovalCommands>().DecideAsync(reviewer, new DecisionForm(
                operation.Id, operation.Version, operation.TermsHash, Decision.Approved,
                "Checked against the shop. 已核对。"));
            if (decided is not Decided.Done)
            {
                throw new InvalidOperationException($"A demo request was not approved: {decided}.");
            }
        }
    }

    private async Task<Actor> ActAsAsync(DemoPerson person)
    {
        await using var db = await factory.CreateDbContextAsync();
        return await db.CommitAsync(Job, "demo.session", async commit =>
        {
            var user = await db.Users.AsNoTracking().SingleAsync(u => u.Email == person.Email);
            var session = new UserSession
            {
                Id = Guid.CreateVersion7(),
                UserId = user.Id,
                StartedAt = commit.Now,
                LastSeenAt = commit.Now,
                ExpiresAt = commit.Now.AddMinutes(5),
                Factors = "demo",
                Origin = "demo",
            };
            db.Add(session);
            return new Actor(person.Name, user.Id, user.PersonId, session.Id);
        });
    }

    private Task EndAsync(Actor actor) => services.GetRequiredService<SignInCommands>().SignOutAsync(actor);

    private object AtSandbox(Account account, DemoOrder order, string state) => new
    {
        merchantId = account.MerchantId,
        orderNo = order.MerchantNumber,
        paymentOrderId = order.ProviderNumber,
        orderDatetime = order.OrderedAt.ToOffset(TimeSpan.FromHours(8))
            .ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
        orderAmount = order.Minor,
        currency = account.CurrencyList[0].Numeric,
        productName = order.Product,
        payType = "0",
        signType = account.AnswerSignature == SignatureMode.Rsa ? "1" : "0",
        receiveUrl = new Uri(portal, InboundEndpoint.Path(account.Provider, account.InboundKey)).ToString(),
        state,
        payDatetime = state == "paid"
            ? order.OrderedAt.AddSeconds(47).ToOffset(TimeSpan.FromHours(8))
                .ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)
            : null,
        notify = false,
    };
}
