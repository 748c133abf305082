using System.Text.Json.Serialization;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>A merchant, its keys, and the habits that samples of this gateway disagree about.</summary>
sealed record MobileMerchant
{
    public const string Md5 = "MD5";
    public const string Rsa = "RSA";

    public string OidPartner { get; init; } = "";

    /// <summary>MD5 or RSA, for both directions; what a request says of itself only has to agree.</summary>
    public required string SignType { get; init; }

    public string? Md5Key { get; init; }

    /// <summary>The merchant's public key, SPKI as PEM or bare Base64.</summary>
    public string? PublicKey { get; init; }

    /// <summary>Addresses that may call; all of them when there is none.</summary>
    public IReadOnlyList<string>? AllowedIps { get; init; }

    /// <summary>Answers 1009 to everything.</summary>
    public bool Paused { get; init; }

    /// <summary>Answers 5004 to refunds.</summary>
    public bool Frozen { get; init; }

    /// <summary>Interfaces that the merchant may not use; they answer 3002.</summary>
    public IReadOnlyList<string>? Barred { get; init; }

    /// <summary>What is left for refunds, in fen; a refund over it answers 5006. Enough when it is not told.</summary>
    public long? Balance { get; init; }

    /// <summary>Rows of a page of signed cards.</summary>
    public int PageSize { get; init; } = 10;

    /// <summary>Leaves memo out of the signed text of order queries.</summary>
    public bool MemoUnsigned { get; init; }

    /// <summary>
    /// Has no memory: refunds, captures, cancellations and unbindings that were done before are done again, and
    /// counted.
    /// </summary>
    public bool RedoesRepeats { get; init; }

    /// <summary>Tells the payer's name and identity card in notifications, all of it invented.</summary>
    public bool TellsPayer { get; init; }
}

/// <summary>What tells one order from another (document 3.1).</summary>
readonly record struct MobileKey(string OidPartner, string NoOrder, string DtOrder);

static class MobileState
{
    public const string Waiting = "waiting";
    public const string Verifying = "verifying";
    public const string Processing = "processing";
    public const string Paid = "paid";
    public const string Failed = "failed";

    /// <summary>The amount is held; pre-authorisations only.</summary>
    public const string Authorised = "authorised";

    public static bool IsState(string state) =>
        state is Waiting or Verifying or Processing or Paid or Failed or Authorised;
}

/// <summary>A card as the ledger keeps it: never the whole number.</summary>
sealed record MobileCard(string BankCode, string BankName, string CardType, string LastFour)
{
    [JsonIgnore]
    public string Masked => "************" + LastFour;
}

/// <summary>What was asked of a held amount, and how it is to end.</summary>
sealed record MobileCapture(bool IsCancel, long Money, DateTimeOffset At, TimeSpan Step, string End)
{
    /// <summary>How often it was done: more than once only for a merchant that redoes repeats.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>An order; money is in fen, dtOrder China time as yyyyMMddHHmmss.</summary>
sealed record MobileOrder
{
    /// <summary>Seven days (document 4.1, valid_order).</summary>
    public const int UsualMinutes = 10_080;

    public required string OidPartner { get; init; }
    public required string NoOrder { get; init; }
    public required string DtOrder { get; init; }
    public required long Money { get; init; }
    public string OidPaybill { get; init; } = "";
    public bool IsPreAuth { get; init; }
    public string BusiPartner { get; init; } = "101001";
    public string InfoOrder { get; init; } = "";
    public string NotifyUrl { get; init; } = "";
    public string UserId { get; init; } = "";
    public required string State { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public int ValidMinutes { get; init; } = UsualMinutes;
    public MobileCard? Card { get; init; }
    public string NoAgree { get; init; } = "";
    public string Memo { get; init; } = "";
    public MobileCapture? Capture { get; init; }

    [JsonIgnore]
    public MobileKey Key => new(OidPartner, NoOrder, DtOrder);

    public bool IsExpired(DateTimeOffset now) =>
        State is MobileState.Waiting or MobileState.Verifying && CreatedAt.AddMinutes(ValidMinutes) < now;
}

/// <summary>A card that a payer signed an agreement for.</summary>
sealed record MobileAgreement
{
    public required string OidPartner { get; init; }
    public required string UserId { get; init; }
    public required string NoAgree { get; init; }
    public required MobileCard Card { get; init; }

    /// <summary>Tells cards apart without keeping them.</summary>
    public required string CardDigest { get; init; }

    public string BindMobile { get; init; } = "";
    public bool IsUnbound { get; init; }

    /// <summary>More than once only for a merchant that redoes repeats.</summary>
    public int TimesUnbound { get; init; }
}

/// <summary>A refund, with the way it goes fixed when it was taken on.</summary>
sealed record MobileRefund
{
    public required string OidPartner { get; init; }
    public required string NoRefund { get; init; }
    public required string DtRefund { get; init; }
    public required string OidRefundno { get; init; }
    public required string NoOrder { get; init; }
    public required string DtOrder { get; init; }
    public required long Money { get; init; }
    public string NotifyUrl { get; init; } = "";
    public required DateTimeOffset AcceptedAt { get; init; }
    public required TimeSpan Step { get; init; }
    public required string End { get; init; }
    public string? ForcedState { get; init; }

    [JsonIgnore]
    public MobileKey Order => new(OidPartner, NoOrder, DtOrder);

    [JsonIgnore]
    public DateTimeOffset EndsAt => AcceptedAt + (2 * Step);

    /// <summary>0 applied, 1 being worked on, 2 done, 3 failed: one step each.</summary>
    public string StateAt(DateTimeOffset now) => ForcedState
        ?? (now < AcceptedAt + Step ? "0" : now < EndsAt ? "1" : End);
}

/// <summary>Money paid out by the merchant, for the payment files.</summary>
sealed record MobilePayout
{
    public string OidPartner { get; init; } = "";
    public required string NoOrder { get; init; }
    public required long Money { get; init; }
    public required string PayeeBank { get; init; }
    public required string PayeeAccount { get; init; }
    public required string PayeeName { get; init; }
    public string InfoOrder { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string OidPaybill { get; init; } = "";
}
