using System.Collections.Frozen;
using MerchantPortal.Payments.Codes;

namespace MerchantPortal.Portal.Features.Codes;

/// <summary>Whose turn it is after a code.</summary>
public enum CodeActor
{
    Nobody,
    Payer,
    Shop,
    Finance,
    Provider,
}

/// <summary>What to do after a code.</summary>
/// <param name="Key">Names its sentence among the texts.</param>
/// <param name="Who">Who does it.</param>
public sealed record CodeStep(string Key, IReadOnlyList<CodeActor> Who);

/// <summary>The next step of every code of the normalised table. Codes that call for the same share one.</summary>
public static class CodeSteps
{
    private static readonly (string Step, CodeActor[] Who, int[] Codes)[] Rows =
    [
        ("done", [CodeActor.Nobody], [100000]),
        ("balance", [CodeActor.Payer, CodeActor.Finance], [100100]),
        ("lower", [CodeActor.Payer, CodeActor.Finance], [100101]),
        ("raise", [CodeActor.Shop], [100102]),
        ("request", [CodeActor.Shop], [100103, 100414]),
        ("compare", [CodeActor.Finance], [100104, 100105]),
        ("neworder", [CodeActor.Shop], [100106, 100608, 100618]),
        ("currency", [CodeActor.Shop], [100107, 100108, 100417, 100418]),
        ("identity", [CodeActor.Payer], [100201, 100218, 100221]),
        ("correct", [CodeActor.Payer], [100202, 100212, 100224, 100227, 100228, 100229]),
        ("bank", [CodeActor.Payer],
            [100203, 100204, 100205, 100210, 100211, 100215, 100217, 100219, 100220, 100607, 100609]),
        ("othercard", [CodeActor.Payer], [100206, 100207, 100214, 100216, 100223, 100230, 100617]),
        ("suspicious", [CodeActor.Shop], [100208, 100209]),
        ("wait", [CodeActor.Payer], [100222]),
        ("address", [CodeActor.Payer],
            [100225, 100226, 100401, 100402, 100404, 100405, 100406, 100407, 100408, 100409, 100420]),
        ("risk", [CodeActor.Shop], [100300, 100301, 100302, 100304]),
        ("law", [CodeActor.Finance], [100303]),
        ("permit", [CodeActor.Finance], [100400]),
        ("delivery", [CodeActor.Shop], [100403]),
        ("agreement", [CodeActor.Payer], [100410]),
        ("slower", [CodeActor.Finance], [100411]),
        ("keys", [CodeActor.Finance], [100412, 100419]),
        ("merchant", [CodeActor.Finance], [100413]),
        ("method", [CodeActor.Payer, CodeActor.Shop], [100415, 100416]),
        ("token", [CodeActor.Shop], [100600, 100601]),
        ("refused", [CodeActor.Finance], [100602]),
        ("cancelled", [CodeActor.Shop], [100603]),
        ("secure", [CodeActor.Payer], [100604, 100605, 100606, 100622]),
        ("original", [CodeActor.Finance], [100610]),
        ("first", [CodeActor.Finance], [100611, 100612, 100619]),
        ("later", [CodeActor.Finance], [100620]),
        ("ask", [CodeActor.Finance, CodeActor.Provider], [100998, 100999]),
        ("unlock", [CodeActor.Payer], [100613]),
        ("password", [CodeActor.Payer], [100614, 100615]),
        ("limit", [CodeActor.Finance], [100616]),
        ("frozen", [CodeActor.Payer, CodeActor.Finance], [100213]),
        ("batch", [CodeActor.Finance], [100621]),
    ];

    private static readonly FrozenDictionary<int, CodeStep> ByCode = Rows
        .SelectMany(row => row.Codes.Select(code => (code, Step: new CodeStep(row.Step, row.Who))))
        .ToFrozenDictionary(row => row.code, row => row.Step);

    /// <summary>The step after a code.</summary>
    public static CodeStep After(NormalisedCode code) => ByCode[code.Code];
}
