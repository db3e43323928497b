using System.Globalization;

namespace Unp.Net.ServerDesigns.Web;

/// <summary>A requested file.</summary>
sealed record WebFile(string Name, byte[] Content);

/// <summary>The figures of a turn.</summary>
/// <param name="Rate">Requests per second.</param>
/// <param name="Cpu">Processor time of the server per request, in microseconds.</param>
/// <param name="P50">The median latency in microseconds.</param>
/// <param name="P99">The 99th percentile of the latency in microseconds.</param>
readonly record struct WebFigures(double Rate, double Cpu, double P50, double P99);

/// <summary>The turns of both servers with one file. Turns with the same index were adjacent.</summary>
sealed record WebResults(WebFile File, List<WebFigures> Ours, List<WebFigures> Nginx)
{
    /// <summary>The minimum ratio of requests per second to nginx's, for the short file.</summary>
    internal const double MinRate = 0.5;

    internal IEnumerable<string[]> Rows()
    {
        yield return Row(WebServer.Ours, Ours);
        yield return Row(WebServer.Nginx, Nginx);
    }

    internal string[] TargetRow()
    {
        Quartiles ratio = Ratio(figures => figures.Rate);
        return
        [
            $"{File.Name}: requests per second, wwwd relative to nginx", $"≥ {Form(MinRate)}", Form(ratio),
            ratio.Median >= MinRate ? "met" : "missed",
        ];
    }

    internal string[] RatioRow() => [File.Name, Form(Ratio(figures => figures.Rate)), Form(Ratio(figures => figures.Cpu))];

    Quartiles Ratio(Func<WebFigures, double> of) => Quartiles.Of(Ours.Zip(Nginx, (ours, nginx) => of(ours) / of(nginx)))!.Value;

    string[] Row(string server, List<WebFigures> turns) =>
    [
        File.Name, server, $"{Median(turns, turn => turn.Rate):0}", Form(Median(turns, turn => turn.Cpu)),
        $"{Median(turns, turn => turn.P50):0}",
        $"{Median(turns, turn => turn.P99):0}",
    ];

    static double Median(List<WebFigures> turns, Func<WebFigures, double> of) => Quartiles.Of(turns.Select(of))!.Value.Median;

    static string Form(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    static string Form(Quartiles ratio) => $"{Form(ratio.Median)} ({Form(ratio.Low)} to {Form(ratio.High)})";
}
