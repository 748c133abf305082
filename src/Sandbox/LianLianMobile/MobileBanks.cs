using System.Security.Cryptography;
using System.Text;

namespace MerchantPortal.Sandbox.LianLianMobile;

/// <summary>The banks whose test cards the Sandbox knows, by the first six digits of the card.</summary>
static class MobileBanks
{
    public const string Debit = "2";
    public const string Credit = "3";

    static readonly Dictionary<string, (string Code, string Name, string Type)> Bins = new()
    {
        ["622202"] = ("01020000", "工商银行", Debit),
        ["622848"] = ("01030000", "农业银行", Debit),
        ["621660"] = ("01040000", "中国银行", Debit),
        ["621700"] = ("01050000", "建设银行", Debit),
        ["622588"] = ("03080000", "招商银行", Debit),
        ["625955"] = ("01020000", "工商银行", Credit),
        ["622575"] = ("03080000", "招商银行", Credit),
    };

    public static bool IsCardNo(string number) => number.Length is >= 15 and <= 19 && MobileText.IsDigits(number);

    /// <summary>The card of a number; null when no bank of the table issued it.</summary>
    public static MobileCard? Find(string number) =>
        IsCardNo(number) && Bins.TryGetValue(number[..6], out var bank)
            ? new MobileCard(bank.Code, bank.Name, bank.Type, number[^4..])
            : null;

    public static string Digest(string number) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(number)));
}
