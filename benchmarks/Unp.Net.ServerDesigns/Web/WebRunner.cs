using System.Security.Cryptography;
using System.Text;
using Spectre.Console;

namespace Unp.Net.ServerDesigns.Web;

/// <summary>Has the web servers take their turns, one beside the other.</summary>
static class WebRunner
{
    const int Connections = 64;

    /// <summary>Until the JIT is done with ours.</summary>
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
        using var ours = WebServer.StartOurs(folder, cores);
        using var nginx = WebServer.StartNginx(folder, cores);
        WebResults[] results = [.. files.Select(file => Measure(file, ours, nginx, rounds))];
        Tell(machine, results, rounds, output);
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

            // Each goes first as often as the other.
            if (round % 2 == 0)
                results.Ours.Add(ours.Load(file, Connections, Seconds));
            results.Nginx.Add(nginx.Load(file, Connections, Seconds));
            if (round % 2 != 0)
                results.Ours.Add(ours.Load(file, Connections, Seconds));
        }
        return results;
    }

    static void Tell(MachineInfo machine, WebResults[] results, int rounds, string output)
    {
        FigureTable[] tables =
        [
            new("A request, medians", ["file", "server", "requests a second", "microseconds of its core", "50 % within us", "99 %"], [.. results.SelectMany(each => each.Rows())]),
            new("wwwd over nginx, median of the rounds (quartiles)", ["file", "requests a second", "processor time a request"], [.. results.Select(each => each.RatioRow())]),
            new("Target", ["target", "wanted", "this run", ""], [results[0].TargetRow()]),
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
