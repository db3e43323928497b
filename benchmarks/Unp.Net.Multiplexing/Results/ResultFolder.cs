using System.Globalization;
using System.Text;

namespace Unp.Net.Multiplexing;

/// <summary>The files that a run writes.</summary>
static class ResultFolder
{
    const string KestrelNote = """
        Kestrel's ratios are relative to Kestrel over the Unp.Net transport (`UseUnpTransport` with its defaults).
        Stock is Kestrel's own socket transport with its defaults: one I/O queue per processor, which is one here, and
        continuations on the thread pool. Inline is the same with UnsafePreferInlineScheduling and, as its documentation
        recommends, DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1. A server of `kestrel` has a ConnectionHandler that echoes.
        A server of `kestrel-http` has a single middleware, which answers `Hello, World!` with its length and type, and no
        logging. wrk sends the requests, with one thread and one pending request per connection, and the server counts them.
        If the load's core is busier than the server's, requests per second measure the load.
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

    /// <summary>Writes report and charts again from the samples in a folder.</summary>
    internal static void Rewrite(string folder) => Write(folder, RunDocument.Read(Path.Combine(folder, "results.json")));

    /// <summary>Writes one line per figure of each sample.</summary>
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

            Ratios are relative to {Competitors.NameOf(results.Baseline)} in the same round: to the mean of its samples before and after.
            A figure is the median of the rounds, with the quartiles. The C programs have a second, blocked thread unless
            marked "one thread".

            """);
        if (results.Has(Part.Kestrel) || results.Has(Part.KestrelHttp))
            text.Append(CultureInfo.InvariantCulture, $"\n{KestrelNote}\n");
        foreach (Chart chart in charts)
            text.Append(CultureInfo.InvariantCulture, $"\n![{chart.Title}]({chart.FileName})\n");
        foreach (FigureTable table in Grids.Of(results).Reverse())
            table.AppendTo(text);
        foreach ((string part, string @case, string competitor, string failure) in results.Failures())
            text.Append(CultureInfo.InvariantCulture, $"\nFailed: {part} {@case}, {Competitors.NameOf(competitor)}: {failure}\n");
        return text.ToString();
    }
}
