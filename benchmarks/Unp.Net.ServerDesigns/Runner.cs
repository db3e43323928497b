using System.Diagnostics;
using Spectre.Console;

namespace Unp.Net.ServerDesigns;

/// <summary>Runs the designs in turn.</summary>
static class Runner
{
    /// <summary>The name of the C program.</summary>
    internal const string Reference = "designs";

    internal static int Run(Plan plan, string[] only, string? native, string output) => Session.Run("unp-designs-", temporary =>
    {
        CPrograms programs = CPrograms.Compile(temporary, Reference);
        var cores = Cores.Choose();
        var watch = Stopwatch.StartNew();
        var results = new Results(MachineInfo.Here(programs.Note, wrk: null, Native.RaiseDescriptorLimit()), 0, plan, []);
        foreach ((string name, string value) in results.Machine.Lines())
            AnsiConsole.MarkupLineInterpolated($"[grey]{name,-12}[/] {value}");
        if (cores.IsOne)
            AnsiConsole.MarkupLine("[yellow]There is one core only: clients and servers take turns on it.[/]");
        Native.PinAll(cores.Load);
        Measure(results, [.. Design.All.Where(design => IsWanted(design, only, programs, native))], programs, cores, native);
        results = results with { Seconds = watch.Elapsed.TotalSeconds };
        Report.Show(results);
        Report.Write(output, results);
        AnsiConsole.MarkupLineInterpolated($"The results are in [bold]{output}[/]: report.md, results.json and the chart.");
        return results.Failures.Any() ? 1 : 0;
    });

    static bool IsWanted(Design design, string[] only, CPrograms programs, string? native) =>
        (only.Length == 0 || only.Contains(design.Id) || design.Id == Design.Iterative)
        && (!design.IsC || programs[Reference] is not null) && (!design.IsNative || native is not null);

    static void Measure(Results results, Design[] designs, CPrograms programs, Cores cores, string? native) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(context =>
        {
            ProgressTask bar = context.AddTask("designs", maxValue: designs.Length);

            // The iterative server keeps running as the baseline of all others.
            using DesignServer iterative = DesignServer.Start(designs[0], programs, cores, native);
            WarmUp(results.Plan, designs[0], iterative);
            foreach (Design design in designs)
            {
                bar.Description = design.Name;
                Measure(results, design, iterative, programs, cores, native);
                bar.Increment(1);
            }
        });

    static void Measure(Results results, Design design, DesignServer iterative, CPrograms programs, Cores cores, string? native)
    {
        Plan plan = results.Plan;
        try
        {
            using DesignServer? own = design.Id == Design.Iterative ? null : DesignServer.Start(design, programs, cores, native);
            DesignServer server = own ?? iterative;
            WarmUp(plan, design, server);
            double before = iterative.Load(plan.Loops);
            for (int round = 0; round < plan.Rounds; round++)
            {
                double cpu = server.Load(plan.LoopsFor(design));
                double after = iterative.Load(plan.Loops);
                results.Samples.Add(new(design.Id, round, cpu, (before + after) / 2));
                before = after;
            }
        }
        catch (BenchmarkException e)
        {
            results.Samples.Add(new(design.Id, -1, 0, 0, e.Message));
        }
    }

    static void WarmUp(Plan plan, Design design, DesignServer server)
    {
        // Each process has its own JIT. One process per client never warms up.
        int turns = design.Share > 1 ? 1 : design.Family == Family.Processes ? plan.WarmUps * Plan.Children : plan.WarmUps;
        server.Load(plan.LoopsFor(design) * turns);
    }
}
