using System.Diagnostics;
using Spectre.Console;

namespace Unp.Net.Multiplexing;

/// <summary>Runs the phases, then prints and writes the results.</summary>
static class Runner
{
    internal static int Run(RunPlan plan, string? only, string output) => Session.Run("unp-multiplexing-", temporary =>
    {
        int descriptors = Native.RaiseDescriptorLimit();
        CPrograms programs = CPrograms.Compile(temporary, Reference.Dispatch, Reference.Echo);
        string? wrk = Wrk.Version();
        var machine = MachineInfo.Here(
            programs.Note, wrk ?? $"none (apt-get install wrk), so {Part.KestrelHttp} is not measured", descriptors,
            ", TieredPGO on, concurrent collection off");
        var results = new RunResults(machine, programs[Reference.Echo] is null ? Competitors.BaselineWithoutC : Competitors.Baseline);
        var cores = Cores.Choose();
        plan = plan.Within(descriptors);
        Directory.CreateDirectory(output);
        Terminal.Introduce(results.Machine, cores, output);

        Native.PinAll(cores.Load);
        IEnumerable<IPhase> phases = Phases(plan, programs, cores, results).Where(phase => Part.IsOf(only, phase.Title));
        Measure(results, [.. phases.Where(phase => phase.Title != Part.KestrelHttp || wrk is not null)]);
        Terminal.Show(results);
        ResultFolder.Write(output, results);
        AnsiConsole.MarkupLineInterpolated($"The results are in [bold]{output}[/]: report.md, results.csv, results.json and the charts.");
        return results.Failures().Any() ? 1 : 0;
    });

    static IEnumerable<IPhase> Phases(RunPlan plan, CPrograms programs, Cores cores, RunResults results)
    {
        return
        [
            new DispatchPhase(plan, programs, cores, results.Baseline),
            Echo(plan, Part.Echo, plan.EchoCases, () => new EchoLoad(isSpinning: false, cores)),
            Echo(plan, Part.Async, plan.AsyncCases, () => new EchoLoad(isSpinning: false, cores)),
            Echo(plan with { Lives = 1 }, Part.PingPong, [new EchoCase(1, 0, 64)], () => new EchoLoad(isSpinning: true, cores)),
            Echo(plan.ForKestrel, Part.Kestrel, [RunPlan.KestrelCase], () => new EchoLoad(isSpinning: false, cores)),
            Echo(plan.ForHttp, Part.KestrelHttp, [RunPlan.HttpCase], () => new WrkLoad(cores)),
        ];

        EchoPhase Echo(RunPlan plan, string part, EchoCase[] cases, Func<ILoad> load) =>
            new(plan, part, cases, load, programs, cores, results.BaselineOf(part));
    }

    static void Measure(RunResults results, IPhase[] phases) =>
        AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask[] bars = [.. phases.Select(phase => context.AddTask(phase.Title, autoStart: false, maxValue: phase.Length))];
                for (int i = 0; i < phases.Length; i++)
                {
                    ProgressTask bar = bars[i];
                    bar.StartTask();
                    var watch = Stopwatch.StartNew();
                    results.Add(phases[i].Run(done => bar.Increment(done)));
                    results.RecordDuration(phases[i].Title, watch.Elapsed.TotalSeconds);
                    bar.Value = bar.MaxValue;
                    bar.StopTask();
                }
            });
}
