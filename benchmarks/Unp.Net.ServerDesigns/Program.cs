using System.CommandLine;
using System.Runtime.Versioning;
using Unp.Net.ServerDesigns.Web;

// It reads /proc and pins processes to cores.
[assembly: SupportedOSPlatform("linux")]

namespace Unp.Net.ServerDesigns;

/// <summary>The command line.</summary>
static class Program
{
    static int Main(string[] args)
    {
        var quick = new Option<bool>("--quick") { Description = "For a look, in two minutes or three." };
        var only = new Option<string[]>("--only") { Description = "These designs, and the iterative one.", HelpName = "design", AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Design.All.Select(design => design.Id)]);
        var rounds = new Option<int?>("--rounds") { Description = "How often each takes its turn." };
        var output = new Option<string>("--output") { Description = "Where the results go.", HelpName = "folder", DefaultValueFactory = _ => "server-designs-results" };
        var root = new RootCommand("""
            The server designs of chapter 30 beside each other, and beside C: what a connection costs the server and its children.
            Nothing else should run on the machine meanwhile.
            """) { quick, only, rounds, output };
        root.SetAction(parsed =>
        {
            Plan plan = parsed.GetValue(quick) ? Plan.Quick : Plan.Full;
            if (parsed.GetValue(rounds) is { } n)
                plan = plan with { Rounds = Math.Max(1, n) };
            return Runner.Run(plan, parsed.GetValue(only) ?? [], Path.GetFullPath(parsed.GetValue(output)!));
        });

        var folder = new Argument<string>("folder");
        var report = new Command("report", "Writes the report and the chart of a folder anew from its results.json.") { folder };
        report.SetAction(parsed =>
        {
            string path = parsed.GetValue(folder)!;
            Report.Write(path, Results.Read(Path.Combine(path, "results.json")));
        });
        root.Add(report);

        var web = new Command("web", "The samples' web server, web/wwwd, beside nginx, under the load of wrk: a file of 1 KiB and one of 100 KiB.") { rounds, output };
        web.SetAction(parsed => WebRunner.Run(Math.Max(1, parsed.GetValue(rounds) ?? 5), Path.GetFullPath(parsed.GetValue(output)!)));
        root.Add(web);
        return root.Parse(args).Invoke();
    }
}
