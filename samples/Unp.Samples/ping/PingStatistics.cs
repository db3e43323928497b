namespace Unp.Samples.ping;

/// <summary>The requests and replies of <see cref="ping"/>, which it prints at its end.</summary>
sealed class PingStatistics
{
    // Sequence numbers repeat after 65,536 requests.
    readonly bool[] isAnswered = new bool[ushort.MaxValue + 1];
    double min = double.MaxValue;
    double max;
    double sum;
    double squares;
    long measured;

    /// <summary>Gets the number of requests. The next one has this sequence number, modulo 65,536.</summary>
    public long Sent { get; private set; }

    /// <summary>Gets the number of requests that were answered.</summary>
    public long Received { get; private set; }

    /// <summary>Gets the number of further replies to answered requests, as from the hosts at a broadcast address.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Returns whether one of the last 65,536 requests had this number.</summary>
    public bool WasSent(ushort sequence) => Sent >= isAnswered.Length || sequence < Sent;

    /// <summary>Counts a request.</summary>
    public void AddRequest() => isAnswered[(ushort)Sent++] = false;

    /// <summary>Counts a reply.</summary>
    /// <param name="sequence">The number of the request.</param>
    /// <param name="rtt">The round-trip time in milliseconds, if it was measured.</param>
    public void AddReply(ushort sequence, double? rtt)
    {
        if (isAnswered[sequence])
            Duplicates++;
        else
            Received++;
        isAnswered[sequence] = true;
        if (rtt is not { } ms)
            return;
        (min, max) = (Math.Min(min, ms), Math.Max(max, ms));
        (sum, squares, measured) = (sum + ms, squares + (ms * ms), measured + 1);
    }

    /// <summary>Prints the numbers in the form of BSD's ping.</summary>
    public void Print(string host)
    {
        string duplicates = Duplicates == 0 ? "" : $" +{Duplicates} duplicates,";
        double loss = Sent == 0 ? 0 : 100.0 * (Sent - Received) / Sent;
        Console.WriteLine($"\n--- {host} ping statistics ---");
        Console.WriteLine(FormattableString.Invariant(
            $"{Sent} packets transmitted, {Received} packets received,{duplicates} {loss:F1}% packet loss"));
        if (measured == 0)
            return;
        double average = sum / measured, deviation = Math.Sqrt(Math.Max(0, (squares / measured) - (average * average)));
        Console.WriteLine(FormattableString.Invariant(
            $"round-trip min/avg/max/stddev = {min:F3}/{average:F3}/{max:F3}/{deviation:F3} ms"));
    }
}
