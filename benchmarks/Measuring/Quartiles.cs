namespace Unp.Net.Measuring;

/// <summary>The median of some values, and the range of the middle half.</summary>
readonly record struct Quartiles(double Low, double Median, double High, int Count)
{
    internal static Quartiles? Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : new(At(sorted, .25), At(sorted, .5), At(sorted, .75), sorted.Length);
    }

    static double At(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
