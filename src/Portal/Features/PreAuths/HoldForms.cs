using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Portal.Features.Operations;

namespace MerchantPortal.Portal.Features.PreAuths;

/// <summary>What a requester fills in to end a hold, and what the page showed while it was filled in.</summary>
public sealed record HoldForm
{
    /// <summary>Made when the dialog opened; sent twice, it is still one request.</summary>
    public required Guid CommandId { get; init; }

    public required Guid OrderId { get; init; }

    /// <summary>Capture or void.</summary>
    public required OperationKind Kind { get; init; }

    /// <summary>What is taken, as typed, in the order's currency; not read for a void, which is always whole.</summary>
    public string AmountText { get; init; } = "";

    /// <summary>The order's state that the page showed.</summary>
    public required OrderState SeenState { get; init; }

    /// <summary>The held amount that the page showed, minor units.</summary>
    public required long SeenAuthorised { get; init; }

    /// <summary>The version of the hold's plan that the page showed.</summary>
    public required int SeenVersion { get; init; }

    /// <summary>Code of the managed reason; a capture needs none.</summary>
    public string Reason { get; init; } = "";
    public string Comment { get; init; } = "";

    /// <summary>The shop's number of the payer, where the file did not tell it and the provider wants it.</summary>
    public string PayerId { get; init; } = "";
}

/// <summary>How a request to end a hold ended. The family is closed.</summary>
public abstract record HoldRequested
{
    public sealed record Asked(Guid Id, string Number) : HoldRequested;

    public sealed record NoRight(string Permission) : HoldRequested;

    /// <summary>There is no such hold, or the actor may not see it.</summary>
    public sealed record NoSuchHold : HoldRequested;

    public sealed record NotHeld(OrderState State) : HoldRequested;

    /// <summary>The provider has no interface for pre-authorisations.</summary>
    public sealed record NotOffered : HoldRequested;

    /// <summary>No evidence confirms the provider's interface, and nobody has switched it on.</summary>
    public sealed record SwitchedOff : HoldRequested;

    /// <summary>Not a number, not positive, or more decimals than the currency has.</summary>
    public sealed record AmountUnreadable(Currency Currency) : HoldRequested;

    public sealed record TooMuch(Money Authorised) : HoldRequested;

    public sealed record ReasonMissing : HoldRequested;

    /// <summary>The provider wants the shop's number of the payer, and nobody has told it.</summary>
    public sealed record PayerMissing : HoldRequested;

    public sealed record CommentTooLong(int Max) : HoldRequested;

    /// <summary>The order or the plan changed while the page was open.</summary>
    public sealed record PageIsStale : HoldRequested;

    /// <summary>A capture or void of this hold is open or done: there is never a second.</summary>
    public sealed record AnotherIsOpen(
        OperationKind Kind, string Number, string By, DateTimeOffset At, Money Amount) : HoldRequested;
}

/// <summary>What somebody plans to capture, and when.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="AmountText">The amount as typed; empty for no plan.</param>
/// <param name="At">When; null where only the amount is planned.</param>
/// <param name="SeenVersion">The version of the plan that the page showed.</param>
public sealed record PlanForm(Guid OrderId, string AmountText, DateTimeOffset? At, int SeenVersion);

/// <summary>How planning ended.</summary>
public enum PlanResult
{
    Planned,
    NoRight,
    NoSuchHold,

    /// <summary>The amount is not held any more.</summary>
    NotHeld,
    AmountUnreadable,
    TooMuch,

    /// <summary>The time is past, or after the end of the hold.</summary>
    TimeOutside,

    /// <summary>Somebody changed the plan while the page was open.</summary>
    PageIsStale,
}
