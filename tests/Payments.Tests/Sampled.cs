using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace MerchantPortal.Payments.Tests;

/// <summary>Property checks over generated values, the same values in every run.</summary>
internal static class Sampled
{
    private const ulong Seed = 20261120;

    public static void Holds<T>(Gen<T> values, Action<T> property, int times = 300) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(times).WithReplay(
            FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None))),
        Prop.ForAll(Arb.From(values), property));

    /// <summary>Whole numbers of every length in the stretch, both ends included.</summary>
    public static Gen<long> Longs(long first, long last) =>
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        from bits in Gen.Choose(0, 62)
        select Spread(high, low, bits, first, last);

    private static long Spread(long high, long low, int bits, long first, long last) =>
        first + (((high << 31 | low) & ((1L << bits) - 1)) % (last - first + 1));
}
