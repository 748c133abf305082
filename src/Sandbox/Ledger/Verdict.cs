namespace MerchantPortal.Sandbox.Ledger;

/// <summary>What became of something asked: the row, or the provider's code of the refusal.</summary>
readonly record struct Verdict<T>(T? Row, string? Refusal) where T : class
{
    public static implicit operator Verdict<T>(T row) => new(row, null);

    public static Verdict<T> Refused(string code) => new(null, code);
}
