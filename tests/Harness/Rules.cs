using System.Text.Json;
using MerchantPortal.Portal;

namespace MerchantPortal.Harness;

/// <summary>
/// The invariants of the reliability design (4.3, 4.4, D5, D14) that the portal's rows show to be kept or broken, even
/// where this time nothing came of it over there.
/// </summary>
internal static class Rules
{
    /// <summary>Five seconds from claim to first byte, and the two by which a clock may jump.</summary>
    private static readonly TimeSpan OldestClaim = TimeSpan.FromSeconds(7);

    private static readonly TimeSpan ClocksApart = TimeSpan.FromMinutes(5);

    /// <summary>Sends that may be under way in two processes when one of them learns of the clock.</summary>
    private const int UnderWay = 8;

    private static readonly (string Rule, string Sql)[] Forbidden =
    [
        ("I2: went again, and nothing proved that the first had not left",
            """
            SELECT o."Number" FROM attempts t JOIN operations o ON o."Id" = t."OperationId"
            WHERE o."Kind" IN ('Refund', 'Capture', 'Void') AND t."Number" < o."Attempts" AND NOT EXISTS (
              SELECT 1 FROM evidence e WHERE e."OperationId" = o."Id" AND e."AttemptNumber" = t."Number"
                AND e."Kind" = 'Answer' AND e."Proves" IN ('ProvedNotSent', 'GaveUpSending'))
            """),
        ("I3: was sent and nobody but the requester approved it",
            """
            SELECT o."Number" FROM operations o WHERE o."Attempts" > 0 AND NOT EXISTS (
              SELECT 1 FROM approvals a WHERE a."OperationId" = o."Id" AND a."Decision" = 'Approved'
                AND a."PersonId" <> o."RequesterPersonId")
            """),
        ("I5: more is refunded and reserved than was paid",
            """
            SELECT r."MerchantNumber" FROM order_balances b JOIN orders r ON r."Id" = b."OrderId"
            WHERE b."Refunded" + b."Reserved" > b."Paid"
            """),
        ("4.4: went again without its wait of five seconds",
            """
            SELECT o."Number" FROM attempts t JOIN operations o ON o."Id" = t."OperationId"
            JOIN evidence e ON e."OperationId" = t."OperationId" AND e."AttemptNumber" = t."Number" - 1
              AND e."Kind" = 'Answer' AND e."Proves" = 'ProvedNotSent'
            WHERE t."StartedAt" < e."At" + 5000000
            """),
    ];

    /// <returns>What is broken, in words; empty when all of it holds.</returns>
    public static async Task<IReadOnlyList<string>> BrokenAsync(PortalOptions portal)
    {
        var broken = new List<string>();
        foreach (var (rule, sql) in Forbidden)
        {
            broken.AddRange((await PortalBooks.ReadAsync(portal, sql, row => row.GetString(0)))
                .Select(number => $"{number} {rule}"));
        }

        // The steps first: what is told since has no step yet, and the other way round a step would miss its answer.
        var steps = await PortalBooks.ReadAsync(
            portal,
            """
            SELECT "Action", "Subject", "Details" FROM audit WHERE "Outcome" = 'Done'
              AND "Action" IN ('operation.claim', 'operation.answer', 'operation.lease-ran-out') ORDER BY "Seq"
            """,
            row => new Step(row.GetString(0), row.GetString(1).Split(' ')[^1], row.GetString(2)));
        var told = await PortalBooks.ReadAsync(
            portal,
            """
            SELECT o."Number", o."Provider", t."StartedAt", e."Transcript" FROM evidence e
            JOIN operations o ON o."Id" = e."OperationId"
            JOIN attempts t ON t."OperationId" = o."Id" AND t."Number" = e."AttemptNumber"
            WHERE e."Kind" = 'Answer' ORDER BY e."At", e."Id"
            """,
            row => Told.Read(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetString(3)));
        broken.AddRange(told.Where(one => one.Age > OldestClaim)
            .Select(one => $"{one.Number} D5: left {one.Age.TotalSeconds:0} s after its claim"));
        broken.AddRange(WithoutFence(steps));
        broken.AddRange(UnderAWrongClock(steps, told));
        return broken;
    }

    /// <summary>Only who holds the claim may record what came of it.</summary>
    private static IEnumerable<string> WithoutFence(IReadOnlyList<Step> steps)
    {
        var held = new HashSet<string>();
        foreach (var step in steps)
        {
            if (step.IsClaim)
            {
                held.Add(step.Number);
            }
            else if (!held.Remove(step.Number) && step.Won)
            {
                yield return $"{step.Number} I9: was recorded by somebody whose claim had run out";
            }
        }
    }

    /// <summary>Once an answer has shown the clocks apart, what is under way ends, and no more goes.</summary>
    private static IEnumerable<string> UnderAWrongClock(IReadOnlyList<Step> steps, IReadOnlyList<Told> told)
    {
        var answers = told.GroupBy(one => one.Number).ToDictionary(same => same.Key, same => new Queue<Told>(same));
        var since = new Dictionary<string, int>();
        foreach (var step in steps.Where(step => answers.ContainsKey(step.Number)))
        {
            var own = answers[step.Number];
            if (step.IsAnswer && own.TryDequeue(out var answer) && answer.ClockOff is { } off)
            {
                _ = off > ClocksApart ? since.TryAdd(answer.Provider, 0) : since.Remove(answer.Provider);
            }
            else if (step.IsClaim && own.TryPeek(out var next) && since.ContainsKey(next.Provider)
                && ++since[next.Provider] == UnderWay + 1)
            {
                yield return $"{step.Number} I11: was sent to {next.Provider}, whose clock is known to be off";
            }
        }
    }

    private sealed record Step(string Action, string Number, string Details)
    {
        public bool IsClaim => Action == "operation.claim" && Details.Contains("\"attempt\"", StringComparison.Ordinal);

        public bool IsAnswer => Action == "operation.answer";

        public bool Won => IsAnswer && Details.Contains("\"won\":true", StringComparison.Ordinal);
    }

    /// <summary>What one attempt's answer tells.</summary>
    /// <param name="Number">The operation.</param>
    /// <param name="Provider">Where it went.</param>
    /// <param name="Age">From the claim to the exchange; zero where nothing left.</param>
    /// <param name="ClockOff">How far apart the clocks are; null where the answer does not say.</param>
    private sealed record Told(string Number, string Provider, TimeSpan Age, TimeSpan? ClockOff)
    {
        public static Told Read(string number, string provider, long claimed, string transcript)
        {
            if (transcript.Length == 0)
            {
                return new(number, provider, TimeSpan.Zero, null);
            }

            using var json = JsonDocument.Parse(transcript);
            var root = json.RootElement;
            var began = root.GetProperty("startedAt").GetDateTimeOffset();
            var ended = began + TimeSpan.Parse(
                root.GetProperty("elapsed").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            var age = began - DateTimeOffset.UnixEpoch.AddMicroseconds(claimed);
            return new(
                number,
                provider,
                root.GetProperty("bodyStarted").GetBoolean() ? age : TimeSpan.Zero,
                root.GetProperty("providerDate") is { ValueKind: JsonValueKind.String } date
                    ? Off(date.GetDateTimeOffset(), began, ended)
                    : null);
        }

        /// <summary>A told second may be any instant of it, and any of the exchange.</summary>
        private static TimeSpan Off(DateTimeOffset told, DateTimeOffset began, DateTimeOffset ended) =>
            told > ended ? told - ended
            : told.AddSeconds(1) < began ? began - told
            : TimeSpan.Zero;
    }
}
