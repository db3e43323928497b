using System.Globalization;

namespace Unp.Net.ServerDesigns.Web;

/// <summary>A file that is asked for.</summary>
sealed record WebFile(string Name, byte[] Content);

/// <summary>What a turn has shown.</summary>
/// <param name="Rate">Requests a second.</param>
/// <param name="Cpu">Microseconds of the server's processor time a request.</param>
/// <param name="P50">Half of the answers took at most so many microseconds.</param>
/// <param name="P99">99 of a hundred.</param>
readonly record struct WebFigures(double Rate, double Cpu, double P50, double P99);

/// <summary>The turns of both servers with a file, in pairs: the first of each list were beside each other.</summary>
sealed record WebResults(WebFile File, List<WebFigures> Ours, List<WebFigures> Nginx)
{
    /// <summary>At least so many times nginx's requests a second, on the short file.</summary>
    internal const double LeastRate = 0.5;

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
            $"{File.Name}: requests a second of wwwd over nginx's", $"≥ {Form(LeastRate)}", Form(ratio), ratio.Median >= LeastRate ? "met" : "missed",
        ];
    }

    internal string[] RatioRow() => [File.Name, Form(Ratio(figures => figures.Rate)), Form(Ratio(figures => figures.Cpu))];

    Quartiles Ratio(Func<WebFigures, double> of) => Quartiles.Of(Ours.Zip(Nginx, (ours, nginx) => of(ours) / of(nginx)))!.Value;

    string[] Row(string server, List<WebFigures> turns) =>
    [
        File.Name, server, $"{Median(turns, turn => turn.Rate):0}", Form(Median(turns, turn => turn.Cpu)), $"{Median(turns, turn => turn.P50):0}",
        $"{Median(turns, turn => turn.P99):0}",
    ];

    static double Median(List<WebFigures> turns, Func<WebFigures, double> of) => Quartiles.Of(turns.Select(of))!.Value.Median;

    static string Form(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    static string Form(Quartiles ratio) => $"{Form(ratio.Median)} ({Form(ratio.Low)} to {Form(ratio.High)})";
}
