using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace MerchantPortal.Payments.Tests.Generated;

/// <summary>
/// Every parser takes many damaged messages without an exception. PORTAL_INPUTS says how many in all and PORTAL_SEED
/// which; an input depends on nothing but the seed, its parser and its number.
/// </summary>
[Trait("Category", "Generated")]
public sealed class GeneratedInputTests(ITestOutputHelper output)
{
    private static readonly int Inputs = (int)Setting("PORTAL_INPUTS", 200_000);
    private static readonly ulong Seed = Setting("PORTAL_SEED", 20261121);

    private readonly ConcurrentQueue<string> broken = [];
    private readonly ConcurrentDictionary<string, string> at = [];
    private int taken;

    [Fact]
    public async Task No_generated_input_leaves_a_parser_by_an_exception()
    {
        var groups = ParserGroup.All();
        var shares = groups.Sum(group => group.Parsers.Count * group.Share);
        var share = (Inputs + shares - 1) / shares;
        var turns = new ConcurrentQueue<ParserGroup>(groups);

        // A deadline for the whole, generous enough for a loaded machine: it is there for a parser that hangs.
        var deadline = TimeSpan.FromMinutes(2) + (TimeSpan.FromMilliseconds(2) * Inputs);
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() =>
        {
            while (turns.TryDequeue(out var group))
            {
                using (group)
                {
                    Run(group, share * group.Share);
                }
            }
        }));
        try
        {
            await Task.WhenAll(threads).WaitAsync(deadline);
        }
        catch (TimeoutException)
        {
            broken.Enqueue($"Seed {Seed}: no end within {deadline} at {string.Join("; ", at.Values)}.");
        }

        output.WriteLine($"{taken} inputs, {groups.Sum(group => group.Parsers.Count)} parsers, seed {Seed}");
        broken.ShouldBeEmpty();
        taken.ShouldBeGreaterThanOrEqualTo(Inputs);
    }

    [Fact]
    public void The_same_seed_makes_the_same_input_and_another_seed_another()
    {
        byte[][] samples = ["""{"a":"1","b":[2,3]}"""u8.ToArray(), "a=1&b=2"u8.ToArray()];
        var first = Enumerable.Range(0, 500).Select(i => Mutation.Make(Dice.Of(1, "one", i), samples)).ToList();
        var again = Enumerable.Range(0, 500).Select(i => Mutation.Make(Dice.Of(1, "one", i), samples)).ToList();
        var other = Enumerable.Range(0, 500).Select(i => Mutation.Make(Dice.Of(2, "one", i), samples)).ToList();

        again.ShouldBe(first);
        first.Zip(other).Count(pair => !pair.First.AsSpan().SequenceEqual(pair.Second)).ShouldBeGreaterThan(450);
        first.ShouldAllBe(input => input.Length <= 64 * 1024);
        first.Select(Convert.ToHexString).Distinct().Count().ShouldBeGreaterThan(400);
    }

    private void Run(ParserGroup group, int each)
    {
        foreach (var parser in group.Parsers)
        {
            var started = Stopwatch.GetTimestamp();
            for (var number = 0; number < each; number++)
            {
                Interlocked.Increment(ref taken);
                at[parser.Name] = $"{parser.Name} input {number}";
                var input = Mutation.Make(Dice.Of(Seed, parser.Name, number), parser.Samples);
                if (Break(parser, input) is { } fault)
                {
                    var file = CrasherFolder.Keep(parser.Name, input);
                    broken.Enqueue($"{parser.Name} input {number} of seed {Seed}, kept in {file}: {fault}");
                    break;
                }
            }

            at.TryRemove(parser.Name, out _);
            output.WriteLine($"{parser.Name}: {each} in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        }
    }

    private static Exception? Break(Parser parser, byte[] input)
    {
        try
        {
            parser.Take(input);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } told
            ? ulong.Parse(told, NumberStyles.None, CultureInfo.InvariantCulture)
            : otherwise;
}
