using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace MerchantPortal.Benchmarks;

/// <summary>The short run and its one line for each provider.</summary>
internal static class SignatureReport
{
    /// <summary>
    /// In this process, in rounds so short that some of them have a core for themselves even on a busy machine.
    /// </summary>
    public static IConfig Short { get; } = ManualConfig.CreateEmpty()
        .AddLogger(ConsoleLogger.Default)
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithGcForce(false)
            .WithWarmupCount(200).WithIterationCount(600).WithIterationTime(TimeInterval.FromMilliseconds(2)))
        .WithOptions(ConfigOptions.DisableOptimizationsValidator)
        .WithArtifactsPath(Path.Combine(".artifacts", "benchmarks"));

    /// <summary>Prints the lines; 1 when a benchmark has no result.</summary>
    public static int Print(Summary summary, TextWriter output)
    {
        // The best of the rounds: whatever else runs on a machine makes a round longer and never shorter.
        var best = summary.Reports.Where(report => report.Success).ToDictionary(
            report => (((SignatureCase)report.BenchmarkCase.Parameters["Case"]).Name,
                report.BenchmarkCase.Descriptor.WorkloadMethod.Name),
            report => report.ResultStatistics!.Min);
        var complete = true;
        foreach (var name in SignatureCase.All.Select(one => one.Name))
        {
            if (!new[] { "Sign", "BareSign", "Verify", "BareVerify" }.All(method => best.ContainsKey((name, method))))
            {
                complete = false;
                continue;
            }

            var sign = best[(name, "BareSign")] / best[(name, "Sign")];
            var verify = best[(name, "BareVerify")] / best[(name, "Verify")];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name} sign={1e9 / best[(name, "Sign")]:0}/s verify={1e9 / best[(name, "Verify")]:0}/s "
                + $"ratio={Math.Min(sign, verify):0.00} (sign {sign:0.00}, verify {verify:0.00})"));
        }

        return complete ? 0 : 1;
    }
}
