namespace MerchantPortal.Payments.Amounts;

/// <summary>
/// A currency or asset that an amount is counted in. Only <see cref="CurrencyTable"/> makes one, so every value
/// that exists has a known exponent.
/// </summary>
public readonly record struct Currency
{
    internal Currency(string code, int exponent, string numeric)
    {
        Code = code;
        Exponent = exponent;
        Numeric = numeric;
    }

    /// <summary>ISO 4217 letters (CNY), or the asset code of a provider's document (USDT, AEDB).</summary>
    public string Code { get; }

    /// <summary>How many decimals the minor unit has: JPY 0, CNY 2, KWD 3.</summary>
    public int Exponent { get; }

    /// <summary>ISO 4217 digits, three of them (156); empty for asset codes, which have none.</summary>
    public string Numeric { get; }

    /// <summary>The code.</summary>
    public override string ToString() => Code ?? "";
}
