using System.Diagnostics.CodeAnalysis;
using MerchantPortal.Payments.Amounts;
using MerchantPortal.Payments.Lifecycles;
using MerchantPortal.Payments.Providers;
using MerchantPortal.Portal.Features.Approvals;
using MerchantPortal.Portal.Features.Operations;
using MerchantPortal.Portal.Features.Orders;
using MerchantPortal.Portal.Features.Resolutions;

namespace MerchantPortal.Portal.Features.Refunds;

/// <summary>Why a refund cannot be asked for.</summary>
public enum RefundBar
{
    None,

    /// <summary>refunds.request is missing for the account.</summary>
    NoRight,

    /// <summary>The order is not paid, or not any more.</summary>
    NotRefundable,

    /// <summary>Everything is refunded or set aside.</summary>
    NothingLeft,

    /// <summary>No evidence confirms the provider's interface for refunds, and nobody has switched it on.</summary>
    SwitchedOff,

    /// <summary>The provider has no interface for refunds.</summary>
    NotOffered,

    /// <summary>Another operation of the order is not settled or not proven yet.</summary>
    VerdictOpen,

    /// <summary>A movement that nobody asked for here waits for its explanation.</summary>
    CaseOpen,
}

/// <summary>What somebody needs to know to ask for a refund of one order.</summary>
public sealed record RefundOffer
{
    public required Guid OrderId { get; init; }
    public required string OrderNumber { get; init; }
    public required string Payer { get; init; }
    public required string Method { get; init; }
    public required string AccountName { get; init; }
    public required OrderState OrderState { get; init; }
    public required Money Paid { get; init; }
    public required Money Refunded { get; init; }
    public required Money Waiting { get; init; }
    public required Money Refundable { get; init; }

    /// <summary>Who could approve it and until when, by the amount.</summary>
    public required ApprovalOutlook Approval { get; init; }
    public required RefundBar Bar { get; init; }

    /// <summary>What is not settled or proven yet on the order; null when nothing is.</summary>
    public VerdictBar? Verdict { get; init; }

    /// <summary>Number of the case that holds refunds back; null when none does.</summary>
    public string? Case { get; init; }

    /// <summary>What a refund of so much would meet; of the whole rest where no amount is known yet.</summary>
    public ApprovalProspect Prospect(Money? amount = null) =>
        Approval.For(OperationKind.Refund, amount ?? Refundable);

    /// <summary>A refund of this order that waits or just went out; null when there is none.</summary>
    public OperationFacts? Another { get; init; }
}

/// <summary>Everything the page of one refund shows.</summary>
public sealed record RefundSheet : OperationSheet
{
    [SetsRequiredMembers]
    internal RefundSheet(OperationSheet common, Order order, OrderBalance balance)
        : base(common)
    {
        var currency = order.Amount.Currency;
        (OrderNumber, ShopNumber, ProviderNumber) = (order.Number, order.MerchantNumber, order.ProviderNumber);
        Paid = new(balance.Paid, currency);
        Refundable = new(balance.Refundable, currency);
        Reserved = new(balance.Reserved, currency);
    }

    public string OrderNumber { get; }
    public string ShopNumber { get; }

    /// <summary>The provider's number of the order.</summary>
    public string? ProviderNumber { get; }
    public Money Paid { get; }
    public Money Refundable { get; }

    /// <summary>Set aside on the order, this refund included.</summary>
    public Money Reserved { get; }
}
