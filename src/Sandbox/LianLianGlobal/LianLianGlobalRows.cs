using System.Text.Json.Serialization;

namespace MerchantPortal.Sandbox.LianLianGlobal;

/// <summary>A merchant, and the points on which the document and the clients that are known differ.</summary>
sealed record LianLianGlobalMerchant
{
    public string MerchantId { get; init; } = "";

    /// <summary>The merchant's public key, PEM or bare Base64.</summary>
    public required string PublicKey { get; init; }

    /// <summary>Answers INACTIVE_MERCHANT to everything.</summary>
    public bool Inactive { get; init; }

    /// <summary>Answers IP_NOT_AUTHORIZED to everything.</summary>
    public bool IpRefused { get; init; }

    /// <summary>Leaves the signature off answers that are not SUCCESS.</summary>
    public bool UnsignedErrors { get; init; }

    /// <summary>Puts business members beside return_code, as the tables list them, and not into order.</summary>
    public bool FlatAnswers { get; init; }

    /// <summary>Takes a refund number again with the same terms and answers as it did the first time.</summary>
    public bool RepeatsRefunds { get; init; }

    /// <summary>Has no memory: a refund number seen before is refunded again, and counted.</summary>
    public bool RedoesRepeats { get; init; }

    /// <summary>The most that can be refunded in all, in minor units; null for no limit.</summary>
    public long? Balance { get; init; }
}

readonly record struct TransactionKey(string MerchantId, string TransactionId);

/// <summary>A payment; amounts are minor units of two decimals, as the document writes every currency.</summary>
sealed record LianLianGlobalPayment
{
    public required string MerchantId { get; init; }
    public required string TransactionId { get; init; }
    public required string LlTransactionId { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required TimeSpan Step { get; init; }

    /// <summary>Where the payment goes by itself, one state per step; WP waits for control.</summary>
    public required string End { get; init; }

    public string? ForcedState { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public string? NotificationUrl { get; init; }

    [JsonIgnore]
    public TransactionKey Key => new(MerchantId, TransactionId);
}

/// <summary>A refund, with the way its review goes fixed when it was accepted.</summary>
sealed record LianLianGlobalRefund
{
    public required string MerchantId { get; init; }
    public required string TransactionId { get; init; }
    public required string OriginalTransactionId { get; init; }
    public required string LlTransactionId { get; init; }
    public required long Amount { get; init; }
    public required string Currency { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset AcceptedAt { get; init; }
    public required TimeSpan Step { get; init; }
    public required string End { get; init; }
    public string? ForcedState { get; init; }

    /// <summary>How often it was done: more than once only for a merchant that redoes repeats.</summary>
    public int Times { get; init; } = 1;

    [JsonIgnore]
    public TransactionKey Key => new(MerchantId, TransactionId);

    [JsonIgnore]
    public TransactionKey PaymentKey => new(MerchantId, OriginalTransactionId);
}
