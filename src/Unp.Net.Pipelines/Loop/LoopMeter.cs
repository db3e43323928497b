using System.Diagnostics.Metrics;

namespace Unp.Net.Pipelines;

/// <summary>
/// The instruments of one loop in the meter <c>Unp.Net.Pipelines</c>. The numbers of sockets and bytes come from the loop's own
/// properties, so they cost nothing extra.
/// </summary>
sealed class LoopMeter : IDisposable
{
    const string Name = "Unp.Net.Pipelines";

    readonly Meter meter;
    readonly bool isOurs;
    readonly KeyValuePair<string, object?> tag;
    readonly Histogram<double> lag;
    readonly Counter<long> stalls;
    readonly Counter<long> lost;

    public LoopMeter(EventLoop loop, EventLoopOptions options)
    {
        isOurs = options.MeterFactory is null;
        meter = options.MeterFactory?.Create(new MeterOptions(Name)) ?? new Meter(Name);
        tag = new("unp.loop.name", loop.Name);
        KeyValuePair<string, object?> receiving = new("network.io.direction", "receive");
        KeyValuePair<string, object?> sending = new("network.io.direction", "transmit");
        meter.CreateObservableUpDownCounter(
            "unp.loop.sockets", () => Measured(loop.SocketCount), "{socket}", "Open sockets of the loop.");
        meter.CreateObservableCounter(
            "unp.loop.io", () => (Measurement<long>[])[new(loop.BytesReceived, tag, receiving), new(loop.BytesSent, tag, sending)], "By",
            "Bytes that the sockets of the loop have received and sent.");
        lag = meter.CreateHistogram<double>("unp.loop.lag", "s", "Time that posted work waits until the loop runs it.");
        stalls = meter.CreateCounter<long>("unp.loop.stalls", "{stall}", "Turns of the loop that took longer than StallTimeout.");
        lost = meter.CreateCounter<long>(
            "unp.loop.connections.lost", "{connection}", "Connections whose handler ended with a reset or timeout of the peer.");
    }

    public bool IsLagEnabled => lag.Enabled;

    public void RecordLag(TimeSpan waited) => lag.Record(waited.TotalSeconds, tag);

    public void CountStall() => stalls.Add(1, tag);

    public void CountLost() => lost.Add(1, tag);

    /// <summary>Disposes the meter, unless a factory has created it. A factory disposes its meters itself.</summary>
    public void Dispose()
    {
        if (isOurs)
            meter.Dispose();
    }

    Measurement<long> Measured(long value) => new(value, tag);
}
