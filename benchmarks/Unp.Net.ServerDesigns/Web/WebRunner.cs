using System.Security.Cryptography;
using System.Text;
using Spectre.Console;

namespace Unp.Net.ServerDesigns.Web;

/// <summary>Runs the web servers in turn.</summary>
static class WebRunner
{
    const int Connections = 64;

    /// <summary>Long enough for the JIT to finish compiling wwwd.</summary>
    const int WarmUpSeconds = 5;

    const int Seconds = 3;

    internal static int Run(int rounds, string output) => Session.Run("unp-web-", temporary =>
    {
        string version = Wrk.Version() ?? throw new BenchmarkException("wrk is not installed (apt-get install wrk)");
        MachineInfo machine = MachineInfo.Here(compiler: null, version, Native.RaiseDescriptorLimit());
        var cores = Cores.Choose();
        Native.PinAll(cores.Load);
        WebFile[] files = [Write(temporary, "1KiB.html", 1 << 10), Write(temporary, "100KiB.html", 100 << 10)];
        string folder = Path.Combine(temporary, "www");
        using var ours = WebServer.StartWwwd(folder, cores);
        using var nginx = WebServer.StartNginx(folder, cores);
        WebResults[] results = [.. files.Select(file => Measure(file, ours, nginx, rounds))];
        Report(machine, results, rounds, output);
        return 0;
    });

    static WebFile Write(string temporary, string name, int size)
    {
        byte[] content = RandomNumberGenerator.GetBytes(size);
        Directory.CreateDirectory(Path.Combine(temporary, "www"));
        File.WriteAllBytes(Path.Combine(temporary, "www", name), content);
        return new(name, content);
    }

    static WebResults Measure(WebFile file, WebServer ours, WebServer nginx, int rounds)
    {
        var results = new WebResults(file, [], []);
        ours.Load(file, Connections, WarmUpSeconds);
        nginx.Load(file, Connections, 1);
        for (int round = 0; round < rounds; round++)
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]{file.Name}, round {round + 1} of {rounds}[/]");

            // Each server goes first in half of the rounds.
            if (round % 2 == 0)
                results.Ours.Add(ours.Load(file, Connections, Seconds));
            results.Nginx.Add(nginx.Load(file, Connections, Seconds));
            if (round % 2 != 0)
                results.Ours.Add(ours.Load(file, Connections, Seconds));
        }
        return results;
    }

    static void Report(MachineInfo machine, WebResults[] results, int rounds, string output)
    {
        FigureTable[] tables =
        [
            new(
                "Medians per request",
                ["file", "server", "requests per second", "CPU us", "p50 us", "p99 us"],
                [.. results.SelectMany(each => each.Rows())]),
            new(
                "wwwd relative to nginx, median of the rounds (quartiles)",
                ["file", "requests per second", "processor time per request"],
                [.. results.Select(each => each.RatioRow())]),
            new("Target", ["target", "limit", "this run", ""], [results[0].TargetRow()]),
        ];
        var text = new StringBuilder("# Web servers: a run\n\n");
        foreach ((string name, string value) in machine.Lines())
            text.Append($"- {name}: {value}\n");
        text.Append($"- Load: {Connections} connections, {rounds} rounds of {Seconds} s\n");
        foreach (FigureTable table in tables)
        {
            AnsiConsole.Write(table.ToTable());
            table.AppendTo(text);
        }
        Directory.CreateDirectory(output);
        string report = Path.Combine(output, "web.md");
        File.WriteAllText(report, text.ToString());
        AnsiConsole.MarkupLineInterpolated($"The results are in [bold]{report}[/].");
    }
}
