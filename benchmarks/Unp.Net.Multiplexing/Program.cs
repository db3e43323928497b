using System.CommandLine;
using System.Runtime.Versioning;

// It reads /proc, pins processes to cores and measures epoll.
[assembly: SupportedOSPlatform("linux")]

namespace Unp.Net.Multiplexing;

/// <summary>The command line. Three hidden commands are for the processes that the benchmark itself starts.</summary>
static class Program
{
    static int Main(string[] args)
    {
        var quick = new Option<bool>("--quick") { Description = "A quick look, in less than two minutes." };
        var only =
            new Option<string?>("--only") { Description = "Runs a single part.", HelpName = "dispatch|echo|async|ping-pong|kestrel" };
        only.AcceptOnlyFromAmong(Part.Dispatch, Part.Echo, Part.Async, Part.PingPong, Part.Kestrel);
        var rounds = new Option<int?>("--rounds") { Description = "The number of turns of each competitor per case." };
        var output =
            new Option<string>("--output")
            {
                Description = "The folder of the results.",
                HelpName = "folder",
                DefaultValueFactory = _ => "multiplexing-results",
            };
        var root = new RootCommand("""
            Compares select, poll and epoll in .NET and in C: the cost of a wait as descriptors grow, and the cost of an echo for a server.
            Nothing else should run on the machine meanwhile.
            """) { quick, only, rounds, output };
        root.SetAction(parsed =>
        {
            RunPlan plan = parsed.GetValue(quick) ? RunPlan.Quick : RunPlan.Full;
            if (parsed.GetValue(rounds) is { } n)
                plan = plan with { Rounds = Math.Max(1, n) };
            return Runner.Run(plan, parsed.GetValue(only), Path.GetFullPath(parsed.GetValue(output)!));
        });

        var folder = new Argument<string>("folder");
        var report = new Command("report", "Writes the report and the charts of a folder again from its results.json.") { folder };
        report.SetAction(parsed => ResultFolder.Rewrite(parsed.GetValue(folder)!));
        root.Add(report);

        var api = new Argument<string>("api");
        var mechanism = new Argument<string>("mechanism");
        root.Add(
            Hidden("dispatch-worker", [api, mechanism], parsed => DispatchWorker.Run(parsed.GetValue(api)!, parsed.GetValue(mechanism)!)));
        var server = new Argument<string>("server");
        root.Add(Hidden("serve", [server], parsed => EchoServer.Run(parsed.GetValue(server)!)));
        var waiting = new Argument<string>("waiting");
        root.Add(Hidden("load", [waiting], parsed => LoadGenerator.Run(parsed.GetValue(waiting) == "spin")));
        return root.Parse(args).Invoke();
    }

    static Command Hidden(string name, Argument[] arguments, Func<ParseResult, int> run)
    {
        var command = new Command(name) { Hidden = true };
        foreach (Argument argument in arguments)
            command.Add(argument);
        command.SetAction(run);
        return command;
    }
}
