using System.Text.Json.Serialization;

namespace MerchantPortal.Sandbox.Allinpay;

/// <summary>A merchant and the habits that public samples of this gateway disagree about.</summary>
sealed record AllinpayMerchant
{
    public string MerchantId { get; init; } = "";
    public required string Md5Key { get; init; }

    /// <summary>Refuses a refund number seen before; the document promises no such thing.</summary>
    public bool StrictRefundNumbers { get; init; }

    /// <summary>Has no memory: a hold that was ended is ended the same way again, and counted.</summary>
    public bool RedoesRepeats { get; init; }

    /// <summary>Signs the line end after the last line of a refund query answer too.</summary>
    public bool TrailingCrlfSigned { get; init; }

    /// <summary>Signs refund answers with the certificate when signType is 1.</summary>
    public bool RefundAnswerByCertificate { get; init; }

    /// <summary>Writes error codes without the letters ZF.</summary>
    public bool PlainErrorCodes { get; init; }

    /// <summary>Leaves signMsg unescaped in form answers, so that a plus sign reads as a blank.</summary>
    public bool UnescapedSignMsg { get; init; }

    /// <summary>Prints only the date of payment in batch rows, as the document's sample does.</summary>
    public bool BatchDateOnly { get; init; }
}

/// <summary>What tells one order from another: the number alone may come again on another day.</summary>
readonly record struct OrderKey(string MerchantId, string OrderNo, string OrderDatetime);

static class OrderState
{
    public const string Paid = "paid";
    public const string Unpaid = "unpaid";
    public const string Authorised = "authorised";
    public const string Captured = "captured";
    public const string Voided = "voided";

    public static bool CanBeOrdered(string state) => state is Paid or Unpaid or Authorised;
}

/// <summary>An order; amounts are integer minor units, times China time as yyyyMMddHHmmss.</summary>
sealed record AllinpayOrder
{
    public required string MerchantId { get; init; }
    public required string OrderNo { get; init; }
    public required string OrderDatetime { get; init; }
    public required long OrderAmount { get; init; }
    public required string Currency { get; init; }
    public string? ProductName { get; init; }
    public string? PayType { get; init; }
    public string? IssuerId { get; init; }
    public string? Ext1 { get; init; }
    public string? Ext2 { get; init; }
    public string? ReceiveUrl { get; init; }
    public required string SignType { get; init; }
    public required string State { get; init; }
    public string? PayDatetime { get; init; }

    /// <summary>How often a held amount was captured or cancelled.</summary>
    public int EndedTimes { get; init; }
    public long? PayAmount { get; init; }
    public string PaymentOrderId { get; init; } = "";

    [JsonIgnore]
    public OrderKey Key => new(MerchantId, OrderNo, OrderDatetime);

    [JsonIgnore]
    public bool IsPaid => State is OrderState.Paid or OrderState.Captured;

    /// <summary>The most that refunds may take back.</summary>
    [JsonIgnore]
    public long Refundable => State == OrderState.Captured ? PayAmount ?? 0 : OrderAmount;
}

/// <summary>A refund, with the way its review goes fixed when it was accepted.</summary>
sealed record AllinpayRefund
{
    public required string RefundId { get; init; }
    public required string MerchantId { get; init; }
    public required string OrderNo { get; init; }
    public required string OrderDatetime { get; init; }
    public required string MchtRefundOrderNo { get; init; }
    public required long Amount { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required TimeSpan ReviewStep { get; init; }
    public required string End { get; init; }
    public string? ForcedState { get; init; }

    [JsonIgnore]
    public OrderKey Key => new(MerchantId, OrderNo, OrderDatetime);
}
