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
        var quick = new Option<bool>("--quick") { Description = "A quick look, in two to three minutes." };
        var only =
            new Option<string[]>("--only")
            {
                Description = "Measures only these designs and the iterative one.",
                HelpName = "design",
                AllowMultipleArgumentsPerToken = true,
            };
        only.AcceptOnlyFromAmong([.. Design.All.Select(design => design.Id)]);
        var rounds = new Option<int?>("--rounds") { Description = "The number of turns of each design." };
        var native =
            new Option<FileInfo>("--native")
            {
                Description = "The samples' executable of Native AOT, which is measured as serv01+aot.",
                HelpName = "path",
            };
        native.AcceptExistingOnly();
        var output =
            new Option<string>("--output")
            {
                Description = "The folder of the results.",
                HelpName = "folder",
                DefaultValueFactory = _ => "server-designs-results",
            };
        var root = new RootCommand("""
            Compares the server designs of chapter 30 with each other and with C: the cost of a connection for the server and its children.
            Nothing else should run on the machine meanwhile.
            """) { quick, only, rounds, native, output };
        root.SetAction(parsed =>
        {
            Plan plan = parsed.GetValue(quick) ? Plan.Quick : Plan.Full;
            if (parsed.GetValue(rounds) is { } n)
                plan = plan with { Rounds = Math.Max(1, n) };
            string results = Path.GetFullPath(parsed.GetValue(output)!);
            return Runner.Run(plan, parsed.GetValue(only) ?? [], parsed.GetValue(native)?.FullName, results);
        });

        var folder = new Argument<string>("folder");
        var report = new Command("report", "Writes the report and the chart of a folder again from its results.json.") { folder };
        report.SetAction(parsed =>
        {
            string path = parsed.GetValue(folder)!;
            Report.Write(path, Results.Read(Path.Combine(path, "results.json")));
        });
        root.Add(report);

        var web = new Command(
            "web",
            "Compares the samples' web server, web/wwwd, with nginx under the load of wrk, for files of 1 KiB and 100 KiB.")
            { rounds, output };
        web.SetAction(parsed => WebRunner.Run(Math.Max(1, parsed.GetValue(rounds) ?? 5), Path.GetFullPath(parsed.GetValue(output)!)));
        root.Add(web);
        return root.Parse(args).Invoke();
    }
}
