using MerchantPortal.Payments.Providers;
using MerchantPortal.Payments.Providers.Allinpay;
using MerchantPortal.Payments.Providers.BgcPay;
using MerchantPortal.Payments.Providers.LianLianGlobal;
using MerchantPortal.Payments.Providers.LianLianMobile;

namespace MerchantPortal.Payments.Tests.Codes;

/// <summary>
/// The codes that a provider's document prints, section by section, as lists of their own beside this file: what the
/// tables in the product are held against.
/// </summary>
public static class CodeDocument
{
    /// <summary>The tables under test, by the name of their list.</summary>
    internal static IReadOnlyDictionary<string, ErrorTable> Tables { get; } = new Dictionary<string, ErrorTable>
    {
        ["allinpay"] = AllinpayErrors.Table,
        ["lianlian-global"] = LianLianGlobalErrors.WithStates,
        ["lianlian-mobile"] = LianLianMobileErrors.Table,
        ["bgcpay"] = BgcPayErrors.Table,
    };

    /// <summary>
    /// Codes after which nobody knows what happened to the money: faults, timeouts, "in progress", and "seen before",
    /// whose first copy may be ours.
    /// </summary>
    internal static IReadOnlyDictionary<string, string[]> Unknowns { get; } = new Dictionary<string, string[]>
    {
        ["allinpay"] =
        [
            "ZF30003", "30003", "TKSUCC0001", "TKSUCC0002", "TKSUCC0003", "TKSUCC0004", "TKSUCC0005", "011",
            "EM0001_000022", "EM0001_000036", "EM0001_000043", "EM0001_100047", "QZ10008", "BL0004_100002",
        ],
        ["lianlian-global"] =
        [
            "SYSTEM_BUSY", "INTERNAL_SERVER_ERROR", "ERROR_DURING_ORDER_PROCESSING", "REFUND_ALREADY_REQUESTED",
            "EXISTING_OBJECT", "PP", "RP", "PA", "ER",
        ],
        ["lianlian-mobile"] = ["2004", "2005", "2008", "9999", "9990", "9970", "9000", "1007", "9902", "5005"],
        ["bgcpay"] =
        [
            "SYSTEM_ERROR", "ACQ.SYSTEM_ERROR", "20000", "isp.unknow-error", "aop.unknow-error", "ORDER_NOT_EXIST",
            "BIZ_UNIQUE_EXCEPTION",
        ],
    };

    /// <summary>Rows that no code covers although their outcome is known.</summary>
    internal static IReadOnlySet<string> Uncovered { get; } = new HashSet<string>
    {
        // A card that could not be unbound; too many cards bound.
        "EM0001_000046", "EM0001_000099", "3004", "4000",
    };

    /// <summary>Every code of a list, with the section that prints it.</summary>
    public static IReadOnlyList<(string Section, string Code)> Read(string name)
    {
        var section = "";
        List<(string, string)> codes = [];
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Codes", name + ".txt")))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                section = line[2..];
            }
            else
            {
                codes.Add((section, line));
            }
        }

        return codes;
    }
}
