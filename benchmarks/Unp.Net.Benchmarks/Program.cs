using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// The benchmarks run in this process, so that C and .NET take turns in one run. The warm-up reaches the JIT's last tier.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(15).WithIterationCount(15);
IConfig config = DefaultConfig.Instance
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Q1, StatisticColumn.Median, StatisticColumn.Q3);
BenchmarkSwitcher.FromAssembly(typeof(Unp.Net.Benchmarks.LineBenchmarks).Assembly).Run(args, config);
