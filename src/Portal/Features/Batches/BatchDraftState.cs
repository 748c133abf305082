using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Refunds;

namespace MerchantPortal.Portal.Features.Batches;

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

    /// <summary>Key of the text of what is missing; null when it can be asked for.</summary>
    public string? Lack => Rows.Good.Count == 0 ? "lack.rows"
        : string.IsNullOrWhiteSpace(Name) ? "lack.name"
        : Before is not null && !MeansAgain ? "lack.before"
        : null;

    /// <summary>Reads the verdicts of this moment.</summary>
    public async Task CheckAsync(BatchReading reading, Data.Actor actor)
    {
        var preview = await reading.CheckAsync(actor, kind, Lines, sha256);
        (Rows, Before) = (preview.Rows, preview.Before);
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
    };

    /// <summary>Keeps what was refused and shows what is true now.</summary>
    public void Refused(BatchAsked result, BatchWords words)
    {
        if (result is BatchAsked.RowsChanged changed)
        {
            Rows = changed.Rows;
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
