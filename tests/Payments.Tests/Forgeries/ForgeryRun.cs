namespace MerchantPortal.Payments.Tests.Forgeries;

/// <summary>What came of a run.</summary>
/// <param name="Refused">Forgeries that were refused.</param>
/// <param name="Harmless">Other spellings of the very same signed fields, believed with the very same facts.</param>
/// <param name="Through">The forgery that got through, or null.</param>
internal sealed record ForgeryCount(long Refused, long Harmless, Forgery? Through);

/// <summary>One forgery.</summary>
/// <param name="Original">The message that it was made of.</param>
/// <param name="Kind">How.</param>
/// <param name="Letter">The forgery.</param>
/// <param name="Number">Its number; with the seed it is made again.</param>
/// <param name="Verdict">What was believed, or the fault that was thrown.</param>
internal sealed record Forgery(Original Original, string Kind, Letter Letter, ulong Number, string Verdict);

/// <summary>Makes forgeries by number and has them judged.</summary>
internal sealed class ForgeryRun(Originals originals, ulong seed)
{
    /// <summary>
    /// Tries numbers until so many forgeries were refused or one got through. A letter that is believed is harmless
    /// only when it conveys exactly the facts of its original and carries exactly its fields, by the test's reading.
    /// </summary>
    public async Task<ForgeryCount> RunAsync(long count)
    {
        long refused = 0, harmless = 0;
        for (ulong number = 0; refused < count; number++)
        {
            if (Make(number) is not { } forgery)
            {
                continue;
            }

            var verdict = await JudgeAsync(forgery);
            if (verdict is null)
            {
                refused++;
            }
            else if (IsHarmless(forgery, verdict))
            {
                harmless++;
            }
            else
            {
                return new(refused, harmless, forgery with { Verdict = verdict });
            }
        }

        return new(refused, harmless, null);
    }

    /// <summary>What is believed of a forgery, a thrown fault as its text, or null for nothing.</summary>
    public static async Task<string?> JudgeAsync(Forgery forgery)
    {
        try
        {
            return await forgery.Original.Judge(forgery.Letter);
        }
#pragma warning disable CA1031 // Whatever is thrown at a message from outside is a finding, with its bytes.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return $"threw {fault}";
        }
    }

    public static bool IsHarmless(Forgery forgery, string verdict) => verdict == forgery.Original.Facts
        && Wire.Canonical(forgery.Original.Wire.Read(forgery.Letter)) == forgery.Original.Carried;

    /// <summary>The forgery of a number; null where the way chosen left a genuine message.</summary>
    public Forgery? Make(ulong number)
    {
        var dice = new Dice(seed, number);
        var original = dice.Of(dice.OneIn(2) ? originals.Notifications : originals.All);
        var change = dice.Of(Change.All);
        return change.Make(original, originals, dice) is { } letter
            && !originals.All.Any(genuine => genuine.Letter.IsSame(letter))
            ? new(original, change.Kind, letter, number, "")
            : null;
    }
}
