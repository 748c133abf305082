namespace MerchantPortal.Portal.Ui;

/// <summary>What a state means to the reader. One meaning, one colour, whatever the thing is.</summary>
public enum Meaning
{
    Done,
    Wait,
    Run,
    Unknown,
    Fail,
    Ended,
}

/// <summary>How a meaning looks.</summary>
public static class MeaningLook
{
    /// <summary>The class that hands the meaning's four colours to what stands inside it.</summary>
    public static string Class(this Meaning meaning) => meaning switch
    {
        Meaning.Done => "done",
        Meaning.Wait => "wait",
        Meaning.Run => "run",
        Meaning.Unknown => "unknown",
        Meaning.Fail => "fail",
        Meaning.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(meaning), meaning, "No such meaning."),
    };

    /// <summary>The icon a state of this meaning shows when it has none of its own.</summary>
    public static IconName Icon(this Meaning meaning) => meaning switch
    {
        Meaning.Done => IconName.Check,
        Meaning.Wait => IconName.Clock,
        Meaning.Run => IconName.Turn,
        Meaning.Unknown => IconName.Ask,
        Meaning.Fail => IconName.Cross,
        Meaning.Ended => IconName.Dash,
        _ => throw new ArgumentOutOfRangeException(nameof(meaning), meaning, "No such meaning."),
    };
}
