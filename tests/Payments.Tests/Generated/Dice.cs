namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>SplitMix64: the same throws for the same seed on every machine and in every version of .NET.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>The dice of one input: its bytes depend on nothing but seed, parser and number.</summary>
    public static Dice Of(ulong seed, string parser, int number)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in parser)
        {
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        }

        return new(unchecked(seed ^ hash ^ ((ulong)number * 0xD1B54A32D192ED03UL)));
    }

    /// <summary>A number from 0 to one below the limit; 0 for a limit of 0.</summary>
    public int Below(int limit) => limit <= 0 ? 0 : (int)(Throw() % (ulong)limit);

    public byte Byte() => (byte)Throw();

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    private ulong Throw()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
