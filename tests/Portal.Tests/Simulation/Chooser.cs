namespace MerchantPortal.Portal.Tests.Simulation;

/// <summary>
/// Everything that is left to chance, from one number: the same seed makes the same choices on every machine and
/// every runtime, which the framework's own generator does not promise.
/// </summary>
internal sealed class Chooser(long seed)
{
    private ulong state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) ^ 0xD1B54A32D192ED03UL;

    /// <summary>A number from 0 up to, and without, the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>One of the choices, each as often as its weight says; those of weight 0 never.</summary>
    public T Weighted<T>(params IReadOnlyList<(int Weight, T Choice)> choices)
    {
        var left = Below(choices.Sum(one => one.Weight));
        foreach (var (weight, choice) in choices)
        {
            left -= weight;
            if (left < 0)
            {
                return choice;
            }
        }

        throw new InvalidOperationException("The weights were added up wrongly.");
    }

    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Next());
        return new(bytes);
    }

    // SplitMix64.
    private ulong Next()
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
