using BenchmarkDotNet.Running;
using MerchantPortal.Benchmarks;

if (args is ["signatures"])
{
    return SignatureReport.Print(BenchmarkRunner.Run<SignatureBenchmarks>(SignatureReport.Short), Console.Out);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
