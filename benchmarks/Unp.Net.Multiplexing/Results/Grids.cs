namespace Unp.Net.Multiplexing;

/// <summary>The tables of a run.</summary>
static class Grids
{
    /// <summary>Creates all tables of a run.</summary>
    internal static IEnumerable<FigureTable> Of(RunResults results)
    {
        if (results.Has(Part.Dispatch))
        {
            foreach (int active in RunPlan.Full.DispatchActive)
                yield return Dispatch(results, active);
        }
        foreach (string part in (string[])[Part.Echo, Part.Async, Part.Kestrel, Part.KestrelHttp])
        {
            if (!results.Has(part))
                continue;
            yield return Echo(results, part, "server CPU per request, relative to the baseline (quartiles)", Figure.Cpu);
            yield return Echo(results, part, "requests per second, relative to the baseline (quartiles)", Figure.Rate);
            foreach (string @case in results.CasesOf(part))
                yield return EchoValues(results, part, @case);
        }
        if (results.Has(Part.PingPong))
            yield return EchoValues(results, Part.PingPong, new EchoCase(1, 0, 64).Key);
        yield return Targets(results);
    }

    internal static FigureTable Targets(RunResults results) => new(
        "Targets",
        ["target", "active + idle x size", "limit", "this run", ""],
        [
            .. Target.Of(results)
                .Select(target => (string[])[target.What, target.Case, target.LimitText, target.ResultText, target.Verdict]),
        ]);

    static FigureTable Dispatch(RunResults results, int active)
    {
        string suffix = $" a={active}";
        string[] cases = [.. results.CasesOf(Part.Dispatch).Where(name => name.EndsWith(suffix, StringComparison.Ordinal))];
        return new(
            $"Dispatch: microseconds per run with {active} active (ratio to the baseline)",
            ["", .. cases.Select(name => name[..^suffix.Length])],
            [.. RowsOf(results, Part.Dispatch, Competitors.Dispatch, cases, name => name, (@case, id) =>
                results.Value(Part.Dispatch, @case, id, Figure.RunTime) is { } time
                    ? $"{Short(time.Median)} ({results.Ratio(Part.Dispatch, @case, id, Figure.RunTime)?.Median:0.00})"
                    : "")]);
    }

    static FigureTable Echo(RunResults results, string part, string title, string figure)
    {
        string[] cases = [.. results.CasesOf(part)];
        IEnumerable<string[]> rows = RowsOf(results, part, Competitors.Of(part), cases, name => name, (@case, id) =>
            results.Ratio(part, @case, id, figure) is { } ratio ? $"{ratio.Median:0.00} ({ratio.Low:0.00}-{ratio.High:0.00})" : "");
        return new($"{char.ToUpperInvariant(part[0])}{part[1..]}: {title}", ["", .. cases], [.. rows]);
    }

    static FigureTable EchoValues(RunResults results, string part, string @case)
    {
        (string Title, string Figure)[] figures =
        [
            ("CPU us/req", Figure.Cpu), ("requests/s", Figure.Rate), ("p50 us", Figure.P50), ("p99 us", Figure.P99),
            ("p99.9 us", Figure.P999),
            ("B/req", Figure.Bytes),
        ];
        return new(
            $"{part} {@case}: medians" + (part == Part.PingPong ? ", with requests per second relative to the baseline (x)" : ""),
            ["", .. figures.Select(figure => figure.Title), .. part == Part.PingPong ? ["x"] : Array.Empty<string>()],
            [.. RowsOf(results, part, Competitors.Of(part),
                [.. figures.Select(figure => figure.Figure), .. part == Part.PingPong ? ["x"] : Array.Empty<string>()],
                _ => @case,
                (figure, id) => figure == "x" ? $"{results.Ratio(part, @case, id, Figure.Rate)?.Median:0.00}"
                    : results.Value(part, @case, id, figure) is { } value ? Short(value.Median) : "")]);
    }

    /// <summary>Creates a row for each competitor with a value in any column.</summary>
    static IEnumerable<string[]> RowsOf(
        RunResults results, string part, IEnumerable<Competitor> competitors, string[] columns, Func<string, string> caseOf,
        Func<string, string, string> cell)
    {
        foreach (Competitor competitor in competitors)
        {
            string[] cells =
            [
                .. columns.Select(column =>
                    results.FailureOf(part, caseOf(column), competitor.Id) is not null ? "failed" : cell(column, competitor.Id)),
            ];
            if (cells.Any(text => text.Length > 0))
                yield return [competitor.Name, .. cells];
        }
    }

    static string Short(double value) => value switch
    {
        >= 1000 => $"{value:0}",
        >= 100 => $"{value:0.0}",
        _ => $"{value:0.00}",
    };
}
