namespace MerchantPortal.Payments.Tests;

/// <summary>SplitMix64: the same throws for the same seed on every machine and in every version of .NET.</summary>
internal sealed class Dice
{
    private ulong state;

    /// <summary>The dice of one number: every throw follows from nothing but it and the seed.</summary>
    public Dice(ulong seed, ulong number)
        : this(seed * 0x9E3779B97F4A7C15UL)
    {
        Next();
        state ^= number * 0xD1B54A32D192ED03UL;
        Next();
    }

    private Dice(ulong state) => this.state = state;

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

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A whole number from 0 to just below the end; 0 for an end of 0.</summary>
    public int Below(int end) => end <= 0 ? 0 : (int)(Next() % (ulong)end);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    public byte Byte() => (byte)Next();

    public T Of<T>(IReadOnlyList<T> list) => list[Below(list.Count)];
}
