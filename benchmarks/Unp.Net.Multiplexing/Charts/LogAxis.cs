using System.Globalization;

namespace Unp.Net.Multiplexing;

/// <summary>A logarithmic axis, which maps values to positions.</summary>
sealed class LogAxis(double least, double most, double from, double to)
{
    internal double From => from;

    internal double To => to;

    internal double Place(double value) => from + (to - from) * Math.Log(value / least) / Math.Log(most / least);

    /// <summary>The values with a number: the powers of ten, and their multiples by 2 and 5 if there are few.</summary>
    internal IEnumerable<double> Labelled()
    {
        double[] decades = [.. Multiples(1)];
        return decades.Length >= 3 ? decades : Multiples(1, 2, 5);
    }

    /// <summary>All values with a grid line.</summary>
    internal IEnumerable<double> Lines() => Multiples(1, 2, 3, 4, 5, 6, 7, 8, 9);

    IEnumerable<double> Multiples(params int[] digits)
    {
        for (double decade = Math.Pow(10, Math.Floor(Math.Log10(least))); decade <= most; decade *= 10)
        {
            foreach (double value in digits.Select(digit => digit * decade))
            {
                if (value >= least * (1 - 1e-9) && value <= most * (1 + 1e-9))
                    yield return value;
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
