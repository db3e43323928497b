using System.Diagnostics;
using Spectre.Console;

namespace Unp.Net.Multiplexing;

/// <summary>Runs the phases, and has the results told and written.</summary>
static class Runner
{
    internal static int Run(RunPlan plan, string? only, string output) => Session.Run("unp-multiplexing-", temporary =>
    {
        int descriptors = Native.RaiseDescriptorLimit();
        CPrograms programs = CPrograms.Compile(temporary, Reference.Dispatch, Reference.Echo);
        string baseline = programs[Reference.Echo] is null ? Competitors.BaselineWithoutC : Competitors.Baseline;
        var results = new RunResults(MachineInfo.Here(programs.Note, descriptors), baseline);
        var cores = Cores.Choose();
        plan = plan.Within(descriptors);
        Directory.CreateDirectory(output);
        Terminal.Introduce(results.Machine, cores, output);

        Native.PinAll(cores.Load);
        Measure(results, [.. Phases(plan, programs, cores, baseline).Where(phase => only is null || phase.Title == only)]);
        Terminal.Show(results);
        ResultFolder.Write(output, results);
        AnsiConsole.MarkupLineInterpolated($"The results are in [bold]{output}[/]: report.md, results.csv, results.json and the charts.");
        return results.Failures().Any() ? 1 : 0;
    });

    static IEnumerable<IPhase> Phases(RunPlan plan, CPrograms programs, Cores cores, string baseline) =>
    [
        new DispatchPhase(plan, programs, cores, baseline),
        new EchoPhase(plan, Part.Echo, Competitors.Echo, plan.EchoCases, programs, cores, baseline),
        new EchoPhase(plan, Part.Async, Competitors.Async, plan.AsyncCases, programs, cores, baseline),
        new EchoPhase(plan with { Lives = 1 }, Part.PingPong, Competitors.PingPong, [new EchoCase(1, 0, 64)], programs, cores, baseline),
    ];

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
                    results.NoteDuration(phases[i].Title, watch.Elapsed.TotalSeconds);
                    bar.Value = bar.MaxValue;
                    bar.StopTask();
                }
            });
}
