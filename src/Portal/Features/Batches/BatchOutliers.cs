using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>Finds what a reviewer should look at in a batch: repetition, and what stands above the rest.</summary>
internal static class BatchOutliers
{
    private const int Most = 8;

    public static IReadOnlyList<BatchOutlier> Of(
        IReadOnlyList<(int Line, Operation Row)> members, ILookup<Guid, Operation> twins)
    {
        var lowest = members.Count == 0 ? 0 : members.Min(member => member.Row.Needed);
        return
        [
            .. from member in members
               where twins[member.Row.Id].Any()
               select new BatchOutlier(
                   "Twin", [member.Line], string.Join(", ", twins[member.Row.Id].Select(twin => twin.Number))),
            .. Repeated(members, "SameOrder", member => member.Row.OrderId?.ToString("N") ?? ""),
            .. Repeated(members, "SamePayeeAndAmount", member => Who(member.Row).Length == 0
                ? ""
                : $"{Who(member.Row)} · {OperationWords.Money(member.Row.Amount)}"),
            .. Repeated(members, "SamePayee", member => Who(member.Row)),
            .. members.Where(member => member.Row.Needed > lowest).GroupBy(member => member.Row.Needed)
                .Select(group => new BatchOutlier(
                    "MoreApprovals", [.. group.Select(member => member.Line)], $"{group.Key}")),
        ];
    }

    // A masked name is many people's; the number is one payee's.
    private static string Who(Operation row) =>
        row.Kind == OperationKind.Transfer ? $"{row.Payee} {row.Target}" : row.Payee;

    private static IEnumerable<BatchOutlier> Repeated(
        IReadOnlyList<(int Line, Operation Row)> members, string key, Func<(int Line, Operation Row), string> by) =>
        members.GroupBy(by).Where(group => group.Key.Length > 0 && group.Count() > 1)
            .OrderByDescending(group => group.Count()).Take(Most)
            .Select(group => new BatchOutlier(
                key, [.. group.Select(member => member.Line)], key == "SameOrder" ? "" : group.Key));
}
