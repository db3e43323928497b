using System.Globalization;

namespace Unp.Net.Multiplexing;

/// <summary>A logarithmic axis: values to places in the picture.</summary>
sealed class LogAxis(double least, double most, double from, double to)
{
    internal double From => from;

    internal double To => to;

    internal double Place(double value) => from + (to - from) * Math.Log(value / least) / Math.Log(most / least);

    /// <summary>The powers of ten, which get a number.</summary>
    internal IEnumerable<double> Decades()
    {
        for (double value = Math.Pow(10, Math.Ceiling(Math.Log10(least) - 1e-9)); value <= most * (1 + 1e-9); value *= 10)
            yield return value;
    }

    /// <summary>What lies between them: 2 to 9 of each.</summary>
    internal IEnumerable<double> Between()
    {
        for (double decade = Math.Pow(10, Math.Floor(Math.Log10(least))); decade < most; decade *= 10)
        {
            for (int i = 2; i <= 9; i++)
            {
                if (decade * i >= least && decade * i <= most)
                    yield return decade * i;
            }
        }
    }

    internal static string Label(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " M",
        >= 1e4 => (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + ",000",
        >= 1e3 => value.ToString("#,0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
