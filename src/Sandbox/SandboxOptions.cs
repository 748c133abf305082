using System.Globalization;

namespace MerchantPortal.Sandbox;

/// <summary>The command line was wrong; the message names every fault, one per line.</summary>
public sealed class SandboxOptionsException(string message) : Exception(message);

/// <summary>The Sandbox's command line, checked at once.</summary>
sealed record SandboxOptions
{
    public string Url { get; private init; } = "http://localhost:5090";
    public string? LedgerFile { get; private init; }
    public TimeSpan ReviewStep { get; private init; } = TimeSpan.FromSeconds(5);
    public int ClockScale { get; private init; } = 1;
    public DateTimeOffset? ClockEpoch { get; private init; }
    public int Seed { get; private init; } = 1;
    public bool Hostile { get; private init; }

    public static SandboxOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SandboxOptions();
        var faults = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i];
            if (name == "--hostile")
            {
                options = options with { Hostile = true };
                continue;
            }
            var equals = name.IndexOf('=', StringComparison.Ordinal);
            string? value;
            if (equals > 0)
            {
                value = name[(equals + 1)..];
                name = name[..equals];
            }
            else
            {
                value = i + 1 < args.Count ? args[++i] : null;
            }
            if (value is null) faults.Add($"{name}: a value is missing");
            else options = options.With(name, value, faults);
        }
        if (faults.Count > 0) throw new SandboxOptionsException(string.Join(Environment.NewLine, faults));
        return options;
    }

    SandboxOptions With(string name, string value, List<string> faults)
    {
        switch (name)
        {
            case "--urls" when LoopbackUrl(value) is { } url:
                return this with { Url = url };
            case "--ledger" when value.Length > 0:
                return this with { LedgerFile = value };
            case "--review-step" when decimal.TryParse(value, CultureInfo.InvariantCulture, out var seconds)
                                      && seconds is > 0 and <= 86_400:
                return this with { ReviewStep = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)) };
            case "--clock-scale" when int.TryParse(value, CultureInfo.InvariantCulture, out var scale)
                                      && scale is >= 1 and <= 10_000:
                return this with { ClockScale = scale };
            case "--clock-epoch" when DateTimeOffset.TryParse(
                value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var epoch):
                return this with { ClockEpoch = epoch };
            case "--seed" when int.TryParse(value, CultureInfo.InvariantCulture, out var seed):
                return this with { Seed = seed };
            case "--urls":
                faults.Add($"--urls: {value} is not one http address on loopback");
                return this;
            case "--ledger" or "--review-step" or "--clock-scale" or "--clock-epoch" or "--seed":
                faults.Add($"{name}: {value} is out of its range");
                return this;
            default:
                faults.Add($"{name}: unknown option");
                return this;
        }
    }

    // Kestrel takes no dynamic port on the name localhost, only on an address.
    static string? LoopbackUrl(string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttp || !url.IsLoopback)
            return null;
        return url is { Host: "localhost", Port: 0 } ? "http://127.0.0.1:0" : url.GetLeftPart(UriPartial.Authority);
    }
}
