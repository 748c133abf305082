using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;

namespace MerchantPortal.Portal.Features.Operations;

/// <summary>
/// One intended movement of money and all that was decided about it. Its terms never change after the request; its
/// state changes only by conditional updates whose row count is checked.
/// </summary>
public sealed class Operation
{
    public Guid Id { get; init; }

    /// <summary>Our number, at most 32 of A–Z, 0–9: what the provider sees as well.</summary>
    public string Number { get; init; } = "";

    public OperationKind Kind { get; init; }
    public Guid AccountId { get; init; }
    public string Provider { get; init; } = "";

    /// <summary>The order that it is about; null for transfers and cards.</summary>
    public Guid? OrderId { get; init; }

    /// <summary>Minor units; 0 only where no money moves.</summary>
    public long AmountMinor { get; init; }
    public string Currency { get; init; } = "";

    /// <summary>Who gets the money, as it may be shown.</summary>
    public string Payee { get; init; } = "";

    /// <summary>
    /// Whom or what it goes against where that is not an order: the provider's number of the payee, or of the card's
    /// agreement. Empty otherwise. Limits count by it.
    /// </summary>
    public string Target { get; init; } = "";

    /// <summary>What else the provider is told, as JSON fixed with the row; empty where there is nothing.</summary>
    public string Details { get; init; } = "";

    /// <summary>The file or selection that it came with; null when it was asked for alone.</summary>
    public Guid? BatchId { get; init; }

    /// <summary>How many people have to approve, by the policy of the moment of asking.</summary>
    public int Needed { get; init; } = 1;

    /// <summary>How long it can be recalled after the last approval, in minutes.</summary>
    public int CoolingOffMinutes { get; init; }

    /// <summary>
    /// The persons whom the policy of that moment names, ids of 32 letters parted by commas; empty lets everybody
    /// approve who holds the right.
    /// </summary>
    public string ApproverIds { get; init; } = "";

    /// <summary>Code of the managed reason.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The requester's words for the reviewer.</summary>
    public string Comment { get; init; } = "";

    /// <summary>Digest of everything that is approved; shown, sent and compared at every step.</summary>
    public string TermsHash { get; private set; } = "";

    /// <summary>Made when the dialog opened: the same intention submitted twice is one operation.</summary>
    public Guid CommandId { get; init; }

    public Guid RequesterPersonId { get; init; }
    public Guid RequesterUserId { get; init; }
    public string RequesterName { get; init; } = "";
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Until when somebody has to decide.</summary>
    public DateTimeOffset DueAt { get; init; }

    public OperationState State { get; set; }

    /// <summary>When it came into this state.</summary>
    public DateTimeOffset StateAt { get; set; }

    public int Version { get; set; }

    /// <summary>Number of the claim that holds it; only its holder may change the state after a send.</summary>
    public long Fence { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }
    public int Attempts { get; set; }

    /// <summary>Not to be sent before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>When questions alone have to be enough; afterwards two people settle it.</summary>
    public DateTimeOffset? SettleAfter { get; set; }

    public int Questions { get; set; }
    public DateTimeOffset? NextQuestionAt { get; set; }

    /// <summary>What the provider has told of it.</summary>
    public RefundState ProviderState { get; set; }

    /// <summary>The provider's own last word, such as "refundResult 20" or "TKSUCC0002".</summary>
    public string RawState { get; set; } = "";

    /// <summary>
    /// Why it ended or stands as it does, one word of the closed vocabulary; empty when nothing is wrong.
    /// </summary>
    public string Problem { get; set; } = "";

    /// <summary>The provider's own number for it; empty until it told one.</summary>
    public string ProviderNumber { get; set; } = "";

    /// <summary>
    /// When what was set aside for an operation that people found not done became free again; null before.
    /// </summary>
    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>When evidence turned up that contradicts a final state, or what we had sent.</summary>
    public DateTimeOffset? DisputedAt { get; set; }

    /// <summary>Keyed digest over terms and approvals; checked before anything is sent.</summary>
    public byte[] RowMac { get; set; } = [];

    /// <summary>What the audit calls it: "refund R261120K7QF3".</summary>
    public string Subject => $"{Kind.Word()} {Number}";

    public Money Amount => new(AmountMinor, CurrencyTable.Get(Currency));

    /// <summary>The digest that stands for everything a reviewer agrees to.</summary>
    /// <param name="merchantId">The provider's number of the merchant.</param>
    /// <param name="merchantNumber">The shop's number of the order; empty where there is no order.</param>
    public string ComputeTermsHash(string merchantId, string merchantNumber) =>
        Convert.ToHexStringLower(SHA256.HashData(Lengthed(
            Kind.ToString(), Provider, AccountId.ToString("N"), merchantId, OrderId?.ToString("N") ?? "",
            merchantNumber, Number, Amount.ToString(), Payee, Target, Details, Reason, Comment,
            RequesterPersonId.ToString("N"))));

    /// <summary>Fixes the digest, once, when the row is made.</summary>
    public Operation WithTerms(string merchantId, string merchantNumber)
    {
        TermsHash = ComputeTermsHash(merchantId, merchantNumber);
        return this;
    }

    /// <summary>The bytes that the row's keyed digest covers: the terms, who asked, and every approval.</summary>
    public byte[] MacInput(IEnumerable<Approvals.Approval> approvals) => Lengthed([
        Id.ToString("N"), Number, TermsHash,
        AmountMinor.ToString(System.Globalization.CultureInfo.InvariantCulture), Currency,
        OrderId?.ToString("N") ?? "", AccountId.ToString("N"), RequesterPersonId.ToString("N"),
        Needed.ToString(System.Globalization.CultureInfo.InvariantCulture),
        CoolingOffMinutes.ToString(System.Globalization.CultureInfo.InvariantCulture), ApproverIds,
        .. approvals.OrderBy(a => a.PersonId)
            .Select(a => $"{a.PersonId:N} {a.PlaceOfPersonId:N} {a.Decision} {a.TermsHash}"),
    ]);

    /// <summary>Whether the policy that it was asked for under lets this person's place be taken.</summary>
    public bool Names(Guid personId) =>
        ApproverIds.Length == 0 || ApproverIds.Contains(personId.ToString("N"), StringComparison.Ordinal);

    /// <summary>
    /// How many approvals count: of these terms, each by another person in another place, none of them the requester's,
    /// all of them named where the policy names anybody.
    /// </summary>
    public int CountApprovals(IEnumerable<Approvals.Approval> approvals)
    {
        var counting = approvals.Where(a => a.Decision == Approvals.Decision.Approved && a.TermsHash == TermsHash
            && a.PersonId != RequesterPersonId && a.PlaceOfPersonId != RequesterPersonId && Names(a.PlaceOfPersonId))
            .ToList();
        return Math.Min(
            counting.Select(a => a.PersonId).Distinct().Count(),
            counting.Select(a => a.PlaceOfPersonId).Distinct().Count());
    }

    private static byte[] Lengthed(params ReadOnlySpan<string> parts)
    {
        using var bytes = new MemoryStream();
        Span<byte> four = stackalloc byte[4];
        foreach (var part in parts)
        {
            var utf8 = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(four, utf8.Length);
            bytes.Write(four);
            bytes.Write(utf8);
        }

        return bytes.ToArray();
    }
}

/// <summary>
/// The intention to send, committed before the first byte leaves. Rows are only added; how an attempt ended is
/// evidence.
/// </summary>
public sealed class Attempt
{
    public Guid Id { get; init; }
    public Guid OperationId { get; init; }

    /// <summary>1 for the first.</summary>
    public int Number { get; init; }

    public long Fence { get; init; }

    /// <summary>The process that claimed it.</summary>
    public string Node { get; init; } = "";

    public int KeyVersion { get; init; }
    public DateTimeOffset StartedAt { get; init; }
}

/// <summary>Where a piece of evidence comes from.</summary>
public enum EvidenceKind
{
    Answer,
    Query,
    Notification,
    Statement,
    LeaseRanOut,

    /// <summary>The answer to a question about the operation's order.</summary>
    OrderQuery,
}

/// <summary>Something that was learnt about an operation. Rows are only added, whoever holds the claim.</summary>
public sealed class Evidence
{
    public Guid Id { get; init; }
    public Guid OperationId { get; init; }
    public DateTimeOffset At { get; init; }
    public EvidenceKind Kind { get; init; }

    /// <summary>The attempt it answers; null for questions and what comes by itself.</summary>
    public int? AttemptNumber { get; init; }

    /// <summary>What it proves.</summary>
    public OperationEvent Proves { get; init; }

    /// <summary>
    /// The provider showed nothing done so far. No proof, for a copy may be on its way; how often and how long it was
    /// shown decides whether the same number may go again where the document allows that.
    /// </summary>
    public bool NothingDone { get; init; }

    /// <summary>The provider's own word.</summary>
    public string RawState { get; init; } = "";

    /// <summary>What went wrong, one word of the closed vocabulary; empty when nothing did.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Interface, address, times, digests and masked texts of the exchange, as JSON.</summary>
    public string Transcript { get; init; } = "";

    /// <summary>Whether bytes of the request may have left; only set on answers.</summary>
    public bool? BodyStarted { get; init; }
}
