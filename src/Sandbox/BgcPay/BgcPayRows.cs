using System.Text.Json.Serialization;

namespace MerchantPortal.Sandbox.BgcPay;

/// <summary>Where transfers end; amounts in hundredths, null for no limit.</summary>
sealed record TransferLimits
{
    public long? Single { get; init; }
    public long? SingleToPersons { get; init; }
    public long? SingleToCompanies { get; init; }
    public long? Day { get; init; }
    public long? Month { get; init; }
    public int? DayCountPerPayee { get; init; }
    public long? DayToUnverified { get; init; }
}

/// <summary>A merchant's application, and the habits that the document leaves open.</summary>
sealed record BgcPayApp
{
    public const string Raw = "raw";
    public const string AmpKey = "amp-key";
    public const string Lower = "lower";
    public const string Upper = "upper";
    public const string Wrapped = "wrapped";
    public const string Bare = "bare";

    public string AppId { get; init; } = "";

    /// <summary>The shared key; empty for an application without one.</summary>
    public required string Md5Key { get; init; }

    /// <summary>raw: the key behind the text; amp-key: "&amp;key=" between them.</summary>
    public string KeyPlacement { get; init; } = Raw;

    public string HexCase { get; init; } = Lower;

    /// <summary>wrapped: the object in "…_response" beside sign; bare: the members alone.</summary>
    public string Answers { get; init; } = Wrapped;

    /// <summary>Leaves sign out of answers, as the document's samples of the queries do.</summary>
    public bool Unsigned { get; init; }

    /// <summary>Demands sign_type and version, which one table calls optional and the error codes mandatory.</summary>
    public bool RequireAll { get; init; }

    /// <summary>Leaves sign_type out of the signed text of notifications.</summary>
    public bool SignTypeUnsigned { get; init; }

    /// <summary>Hours that the clock of the times is before UTC.</summary>
    public int UtcOffset { get; init; } = 8;

    public IReadOnlyList<string> Currencies { get; init; } = ["USDT", "AEDB"];

    /// <summary>What the merchant has, in hundredths, by currency; transfers take from it.</summary>
    public IReadOnlyDictionary<string, long> Balances { get; init; } = new Dictionary<string, long>();

    /// <summary>The most that one trade may ask for, in hundredths.</summary>
    public long? TradeLimit { get; init; }

    public TransferLimits Limits { get; init; } = new();

    /// <summary>An account that may not send money.</summary>
    public bool Frozen { get; init; }

    /// <summary>States that are notified; the document has only TRADE_SUCCESS on by default.</summary>
    public IReadOnlyList<string> Pushes { get; init; } = [TradeStatus.Success];

    /// <summary>Methods that are always refused, with the sub_code.</summary>
    public IReadOnlyDictionary<string, string> Refusals { get; init; } = new Dictionary<string, string>();

    public string? Problem() =>
        AppId.Length is 0 or > 32 || !AppId.All(char.IsAsciiLetterOrDigit) ? "an app_id is up to 32 letters and digits"
        : KeyPlacement is not (Raw or AmpKey) ? "keyPlacement is raw or amp-key"
        : HexCase is not (Lower or Upper) ? "hexCase is lower or upper"
        : Answers is not (Wrapped or Bare) ? "answers is wrapped or bare"
        : UtcOffset is < -12 or > 14 ? "utcOffset is -12 to 14"
        : Balances.Values.Any(amount => amount < 0) ? "a balance is not negative"
        : Pushes.FirstOrDefault(state => !TradeStatus.Pushed.Contains(state)) is { } state ? $"{state} is not pushed"
        : Refusals.Values.FirstOrDefault(code => !BgcPayErrors.Knows(code)) is { } code ? $"{code} is no error code"
        : null;
}

/// <summary>A user that trades are paid by and transfers go to.</summary>
sealed record BgcPayUser
{
    public string UserCid { get; init; } = "";
    public string Email { get; init; } = "";
    public required string Name { get; init; }
    public bool IsCompany { get; init; }
    public bool IsUnverified { get; init; }

    /// <summary>An account that may not receive money.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>What others see: "te*@gmail.com", or the first letter of the name.</summary>
    [JsonIgnore]
    public string DisplayName
    {
        get
        {
            var at = Email.IndexOf('@', StringComparison.Ordinal);
            return at > 0 ? $"{Email[..Math.Min(2, at)]}*{Email[at..]}" : $"{Name[..1]}*";
        }
    }
}

static class TradeStatus
{
    public const string WaitBuyerPay = "WAIT_BUYER_PAY";
    public const string Closed = "TRADE_CLOSED";
    public const string Success = "TRADE_SUCCESS";
    public const string Finished = "TRADE_FINISHED";

    /// <summary>How the table of notifications names a new trade; queries say WAIT_BUYER_PAY.</summary>
    public const string WaitPay = "WAIT_PAY";

    public static readonly IReadOnlyList<string> Pushed = [Closed, Finished, Success, WaitPay];
}

/// <summary>A trade; the amount in hundredths.</summary>
sealed record BgcPayTrade
{
    public required string AppId { get; init; }
    public required string TradeNo { get; init; }
    public required string OutTradeNo { get; init; }
    public required string Currency { get; init; }
    public required long Amount { get; init; }
    public required string Subject { get; init; }
    public string? ExtendParams { get; init; }
    public string? NotifyUrl { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When an unpaid trade closes by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string Status { get; init; } = TradeStatus.WaitBuyerPay;
    public string PayerId { get; init; } = "";
    public DateTimeOffset? PaidAt { get; init; }

    public string StatusAt(DateTimeOffset now) =>
        Status == TradeStatus.WaitBuyerPay && ExpiresAt <= now ? TradeStatus.Closed : Status;
}

/// <summary>A transfer that was made; the amount in hundredths.</summary>
sealed record BgcPayTransfer
{
    public required string AppId { get; init; }
    public required string OrderId { get; init; }
    public required string OutBizNo { get; init; }
    public required string Currency { get; init; }
    public required long Amount { get; init; }
    public required string OrderTitle { get; init; }
    public required string PayeeDid { get; init; }
    public string Remark { get; init; } = "";
    public required DateTimeOffset At { get; init; }

    /// <summary>From when on the query knows it: later than <see cref="At"/> while it is "still processing".</summary>
    public required DateTimeOffset KnownFrom { get; init; }
}
