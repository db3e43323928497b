using System.Globalization;
using System.Text;

namespace Unp.Net.Multiplexing;

/// <summary>The files that a run leaves.</summary>
static class ResultFolder
{
    const string OfKestrel = """
        Kestrel's ratios are to the one over our transport (`UseUnpTransport`, its defaults). Stock is Kestrel's own socket transport with its defaults:
        as many I/O queues as processors, which is one here, and continuations on the thread pool. Inline is the same with UnsafePreferInlineScheduling
        and, as the documentation of that has it, DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1. A server of `kestrel` has a ConnectionHandler that
        sends back what it reads. One of `kestrel-http` has a single middleware, which answers `Hello, World!` with its length and type, and no logging;
        wrk asks, with one thread and one request on its way on each connection, and the server counts. Where the core of the load has more to do than
        the server's, requests a second tell of the load.
        """;

    internal static void Write(string folder, RunResults results)
    {
        Directory.CreateDirectory(folder);
        Chart[] charts = [.. ChartsOf.Run(results)];
        foreach (Chart chart in charts)
            File.WriteAllText(Path.Combine(folder, chart.FileName), chart.Svg);
        File.WriteAllText(Path.Combine(folder, "results.csv"), Csv(results));
        RunDocument.Write(Path.Combine(folder, "results.json"), results);
        File.WriteAllText(Path.Combine(folder, "report.md"), Report(results, charts));
    }

    /// <summary>Writes report and charts anew from the samples that are in a folder.</summary>
    internal static void Rewrite(string folder) => Write(folder, RunDocument.Read(Path.Combine(folder, "results.json")));

    /// <summary>A line for each figure of each sample.</summary>
    static string Csv(RunResults results)
    {
        var text = new StringBuilder("part,case,competitor,round,order,figure,value\n");
        foreach (Sample sample in results.Samples)
        {
            string start = $"{sample.Part},{sample.Case},{sample.Competitor},{sample.Round},{sample.Order}";
            foreach ((string figure, double value) in sample.Figures)
                text.Append(CultureInfo.InvariantCulture, $"{start},{figure},{value:R}\n");
            if (sample.Failure is { } failure)
                text.Append(CultureInfo.InvariantCulture, $"{start},failure,\"{failure.Replace("\"", "\"\"")}\"\n");
        }
        return text.ToString();
    }

    static string Report(RunResults results, Chart[] charts)
    {
        var text = new StringBuilder("# select, poll, epoll: a run\n\n");
        foreach ((string name, string value) in results.Circumstances())
            text.Append(CultureInfo.InvariantCulture, $"- {name}: {value}\n");
        text.Append(CultureInfo.InvariantCulture, $"""

            Ratios are to {Competitors.NameOf(results.Baseline)} of the same round: to the mean of its samples before and after. A figure is the median of the
            rounds, with the quartiles. The C programs have a parked second thread, but where it says one thread.

            """);
        if (results.Has(Part.Kestrel) || results.Has(Part.KestrelHttp))
            text.Append(CultureInfo.InvariantCulture, $"\n{OfKestrel}\n");
        foreach (Chart chart in charts)
            text.Append(CultureInfo.InvariantCulture, $"\n![{chart.Title}]({chart.FileName})\n");
        foreach (FigureTable table in Grids.Of(results).Reverse())
            table.AppendTo(text);
        foreach ((string part, string @case, string competitor, string failure) in results.Failures())
            text.Append(CultureInfo.InvariantCulture, $"\nFailed: {part} {@case}, {Competitors.NameOf(competitor)}: {failure}\n");
        return text.ToString();
    }
}
