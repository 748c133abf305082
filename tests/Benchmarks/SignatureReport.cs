using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace MerchantPortal.Benchmarks;

/// <summary>The short run and its one line for each provider.</summary>
internal static class SignatureReport
{
    /// <summary>In this process and half a minute long: good for a ratio, not for the last percent.</summary>
    public static IConfig Short { get; } = ManualConfig.CreateEmpty()
        .AddLogger(ConsoleLogger.Default)
        .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(3).WithIterationCount(9).WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(200)))
        .WithOptions(ConfigOptions.DisableOptimizationsValidator)
        .WithArtifactsPath(Path.Combine(".artifacts", "benchmarks"));

    /// <summary>Prints the lines; 1 when a benchmark has no result.</summary>
    public static int Print(Summary summary, TextWriter output)
    {
        var means = summary.Reports.Where(report => report.Success).ToDictionary(
            report => (((SignatureCase)report.BenchmarkCase.Parameters["Case"]).Name,
                report.BenchmarkCase.Descriptor.WorkloadMethod.Name),
            report => report.ResultStatistics!.Median);
        var complete = true;
        foreach (var name in SignatureCase.All.Select(one => one.Name))
        {
            if (!new[] { "Sign", "BareSign", "Verify", "BareVerify" }.All(method => means.ContainsKey((name, method))))
            {
                complete = false;
                continue;
            }

            var sign = means[(name, "BareSign")] / means[(name, "Sign")];
            var verify = means[(name, "BareVerify")] / means[(name, "Verify")];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} sign={1e9 / means[(name, "Sign")]:0}/s verify={1e9 / means[(name, "Verify")]:0}/s "
                + $"ratio={Math.Min(sign, verify):0.00} (sign {sign:0.00}, verify {verify:0.00})"));
        }

        return complete ? 0 : 1;
    }
}
