using MerchantPortal.Payments.Amounts;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;

namespace MerchantPortal.Portal.Features.Batches;

/// <summary>A payee of a file, with the names that somebody compares before asking.</summary>
/// <param name="Number">The provider's number.</param>
/// <param name="Name">The names in the file; empty in rows that are asked for again.</param>
/// <param name="MaskedName">The name as the provider shows it.</param>
/// <param name="Lines">The rows.</param>
/// <param name="Sums">What the payee would get, per currency.</param>
public sealed record DraftPayee(
    string Number, string Name, string MaskedName, IReadOnlyList<int> Lines, IReadOnlyList<Money> Sums);

/// <summary>A batch while it is looked at before being asked for.</summary>
public sealed class BatchDraftState(OperationKind kind, BatchSource source, string name, string sha256)
{
    /// <summary>Made once: sent twice, it is still one batch.</summary>
    public Guid CommandId { get; } = Guid.CreateVersion7();

    public string Name { get; set; } = name.Length > BatchCommands.MaxName ? name[..BatchCommands.MaxName] : name;
    public IReadOnlyList<BatchLine> Lines { get; set; } = [];
    public CheckedRows Rows { get; private set; } = new([]);
    public OperationBatchBefore? Before { get; private set; }

    /// <summary>The requester knows that the same rows were asked for before.</summary>
    public bool MeansAgain { get; set; }

    /// <summary>Why the last try was refused; null when there was none or it went well.</summary>
    public RefundMessage? Message { get; private set; }

    public Guid? RerunOf { get; init; }

    public OperationKind Kind => kind;

    /// <summary>The account that pays; null for refunds.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The requester has compared the masked names of all payees.</summary>
    public bool HasCompared { get; set; }

    /// <summary>Why payees that were looked at are not known, by their number.</summary>
    public IReadOnlyDictionary<string, FileProblem> Unknown { get; private set; } =
        new Dictionary<string, FileProblem>();

    /// <summary>The payees whose rows wait for nothing but a look.</summary>
    public IReadOnlyList<string> ToLookAt => [.. Rows.Others
        .Where(row => row.Problem!.Reason == TransferRows.NotLookedAt
            || (Unknown.TryGetValue(row.Line.Target, out var why) && why == row.Problem))
        .Select(row => row.Line.Target).Distinct()];

    /// <summary>The payees of the good rows with the names to compare, in the order of the rows.</summary>
    public IReadOnlyList<DraftPayee> Payees => kind == OperationKind.Transfer
        ?
        [
            .. Rows.Good.GroupBy(row => row.Line.Target).Select(rows => new DraftPayee(
                rows.Key,
                string.Join(
                    " · ", rows.Select(row => row.Line.Transfer!.Name).Where(name => name.Length > 0).Distinct()),
                rows.First().Payee, [.. rows.Select(row => row.Line.Line)],
                CheckedRows.Sums(rows.Select(row => row.Amount!.Value)))),
        ]
        : [];

    /// <summary>Key of the text of what is missing; null when it can be asked for.</summary>
    public string? Lack => Rows.Good.Count == 0 ? "lack.rows"
        : string.IsNullOrWhiteSpace(Name) ? "lack.name"
        : Before is not null && !MeansAgain ? "lack.before"
        : kind == OperationKind.Transfer && !HasCompared ? "lack.names"
        : null;

    /// <summary>Reads the verdicts of this moment.</summary>
    public async Task CheckAsync(BatchReading reading, Data.Actor actor)
    {
        var preview = await reading.CheckAsync(actor, kind, Lines, sha256, AccountId);
        Before = preview.Before;
        Show(preview.Rows);
    }

    /// <summary>Keeps why payees are not known; what was learnt before of others stays.</summary>
    public void Tell(IReadOnlyDictionary<string, FileProblem> unknown) =>
        Unknown = Unknown.Concat(unknown).GroupBy(pair => pair.Key)
            .ToDictionary(one => one.Key, one => one.Last().Value);

    // Names that were compared are those that were shown: with another payee or name they are to be compared anew.
    private void Show(CheckedRows rows)
    {
        var before = Payees.Select(payee => (payee.Number, payee.MaskedName)).ToHashSet();
        Rows = new([.. rows.All.Select(row => row.Problem?.Reason == TransferRows.NotLookedAt
            && Unknown.TryGetValue(row.Line.Target, out var why) ? row with { Problem = why } : row)]);
        HasCompared &= Payees.All(payee => before.Contains((payee.Number, payee.MaskedName)));
    }

    /// <summary>The requester has seen that a row may repeat another and means it.</summary>
    public void Mean(int line) =>
        Lines = [.. Lines.Select(row => row.Line == line ? row with { MeansAnother = true } : row)];

    /// <summary>The form as the command takes it.</summary>
    public BatchForm ToForm() => new()
    {
        CommandId = CommandId,
        Kind = kind,
        Source = source,
        Name = Name,
        SourceSha256 = sha256,
        Lines = Lines,
        Seen = Rows.Seen,
        MeansAgain = MeansAgain,
        RerunOf = RerunOf,
        AccountId = AccountId,
    };

    /// <summary>Keeps what was refused and shows what is true now.</summary>
    public void Refused(BatchAsked result, BatchWords words)
    {
        if (result is BatchAsked.RowsChanged changed)
        {
            Show(changed.Rows);
        }

        Before = result is BatchAsked.AskedBefore before ? new(before.Number, before.At, before.By) : Before;
        Message = result switch
        {
            BatchAsked.RowsChanged => new(words["changed"], words["changed.next"]),
            BatchAsked.NoRight no => new(words["refused.NoRight", no.Permission], words["refused.next"]),
            BatchAsked.Nothing => new(words["lack.rows"], words["refused.next"]),
            BatchAsked.NameWrong => new(words["lack.name"], words["refused.next"]),
            _ => null,
        };
    }
}
