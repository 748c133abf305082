using MerchantPortal.Portal.Data;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;
using Microsoft.Extensions.DependencyInjection;

namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>The people of a seed, and the workers that they wait for.</summary>
internal sealed partial class SimulatedRun
{
    private Task StartWorkAsync()
    {
        var node = choose.Pick(nodes);
        var worker = choose.Weighted([
            .. Workers(node).Select(one => (watch.Look.Operations.Any(one.IsFor) ? one.Weight : 1, one)),
        ]);
        return StartAsync(node, worker.Name, worker.Run);
    }

    private Task StartPersonAsync()
    {
        var node = choose.Pick(nodes);
        var waiting = watch.Look.Operations.Where(row => row.State == "PendingApproval").ToList();
        var open = watch.Look.Operations.Count(row => row.State is not ("Succeeded" or "Failed" or "Rejected"));
        var ready = watch.Look.Operations.Where(row => row.State == "Ready").ToList();
        return choose.Weighted<Func<Task>>(
            (open < 4 ? 40 : 5, () => AskAsync(node)),
            (wishes.Count > 0 ? 6 : 0, () => AskAgainAsync(node)),
            (waiting.Count > 0 ? 60 : 0, () => DecideAsync(node, choose.Pick(waiting))),
            (watch.Look.Operations.Count > 0 ? 3 : 0, () => DecideAsync(node, choose.Pick(watch.Look.Operations))),
            (watch.Look.Operations.Count > 0 ? 4 : 0, () => WithdrawAsync(node, choose.Pick(watch.Look.Operations))),
            (watch.Look.Operations.Count > 0 ? 4 : 0, () => AskNowAsync(node, choose.Pick(watch.Look.Operations))),
            (ready.Count > 0 ? 8 : 0, () => RecallAsync(node, choose.Pick(ready))),
            (WithPeople.Count > 0 ? 15 : 0, () => ProposeAsync(node, choose.Pick(WithPeople))),
            (WaitingVerdicts.Count > 0 ? 30 : 0, () => AnswerAsync(node, choose.Pick(WaitingVerdicts))))();
    }

    private Task AskAsync(Node node)
    {
        var name = $"W{wishes.Count + 1}";
        var clerk = choose.Pick(lane.Cast.Clerks);
        var (id, account) = (choose.NextGuid(), lane.Cast.Account);
        var wish = choose.Weighted<Func<Wish>>(
            (50, () => Refund(name, id, clerk)),
            (20, () => Hold(name, id, clerk, OperationKind.Capture)),
            (8, () => Hold(name, id, clerk, OperationKind.Void)),
            (14, () => Wish.Transfer(name, id, clerk, account, $"2088{wishes.Count:D12}", 1 + choose.Below(5_000))),
            (8, () => Wish.Unbind(name, id, clerk, account, $"payer{wishes.Count}")))();
        wishes.Add(wish);
        return SubmitAsync(node, wish);
    }

    private Wish Refund(string name, Guid id, Actor clerk)
    {
        var order = choose.Pick(lane.Cast.Paid);
        var balance = watch.Look.Balances.Single(row => row.OrderId == order.Id);
        var rest = balance.Paid - balance.Refunded - balance.Reserved;
        var minor = choose.Weighted<long>(
            (70, 1 + choose.Below((int)Math.Max(1, rest / 3))), (10, Math.Max(1, rest)), (12, Math.Max(1, rest / 2)),
            (4, rest + 1), (4, balance.Paid));
        return Wish.Refund(name, id, clerk, order, minor, new RefundForm
        {
            CommandId = id,
            OrderId = order.Id,
            AmountText = "",
            SeenRefundable = rest,
            Reason = choose.Pick(RefundReasons.Codes.ToList()),
            MeansAnother = choose.Chance(85),
        });
    }

    private Wish Hold(string name, Guid id, Actor clerk, OperationKind kind)
    {
        var order = choose.Pick(lane.Cast.Held);
        return Wish.Hold(name, id, clerk, order, kind, 1 + choose.Below((int)order.AmountMinor));
    }

    private Task AskAgainAsync(Node node) => SubmitAsync(node, choose.Pick(wishes));

    private Task SubmitAsync(Node node, Wish wish) => StartAsync(node, $"ask {wish.Kind} {wish.Name}", async () =>
    {
        var answer = await wish.Ask(node.Portal);
        wish.IsConfirmed |= answer == "Asked";
        return answer;
    });

    private Task DecideAsync(Node node, SeenOperation seen)
    {
        var decision = choose.Chance(80) ? Decision.Approved : Decision.Rejected;
        var reviewer = choose.Pick(lane.Cast.Reviewers);
        var twins = choose.Chance(90) ? watch.Look.Operations.Select(row => row.Id).ToList() : [];
        return StartAsync(node, $"{reviewer.Name} {decision} {watch.WishOf(seen).Name}", () =>
            Deciding.DecideAsync(node.Portal, reviewer, seen, decision, twins));
    }

    private Task WithdrawAsync(Node node, SeenOperation seen)
    {
        var clerk = choose.Pick(lane.Cast.Clerks);
        return StartAsync(node, $"{clerk.Name} withdraws {watch.WishOf(seen).Name}", async () =>
            await node.Portal.GetRequiredService<OperationCommands>().WithdrawAsync(clerk, seen.Id)
                ? "Done"
                : "refused");
    }

    private Task AskNowAsync(Node node, SeenOperation seen)
    {
        var clerk = choose.Pick(lane.Cast.Clerks);
        return StartAsync(node, $"{clerk.Name} asks about {watch.WishOf(seen).Name}", async () =>
            (await node.Portal.GetRequiredService<OperationCommands>().AskAsync(clerk, seen.Id)).ToString());
    }

    /// <summary>Somebody with the database's password edits what will be sent, or says that it was approved.</summary>
    private Task Tamper()
    {
        var target = choose.Pick(watch.Look.Operations);
        var wish = watch.WishOf(target);
        if (target.State is not ("PendingApproval" or "Ready"))
        {
            return Task.CompletedTask;
        }

        using var command = lane.Database.CreateCommand();
        command.CommandText = $"UPDATE operations SET \"Payee\" = 'me' WHERE \"Number\" = '{target.Number}'";
        command.ExecuteNonQuery();
        wish.IsTampered = true;
        Say($"somebody edits {wish.Name}");
        return Task.CompletedTask;
    }
}
