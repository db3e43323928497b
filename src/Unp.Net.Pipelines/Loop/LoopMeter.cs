using System.Diagnostics.Metrics;

namespace Unp.Net.Pipelines;

/// <summary>What a loop tells of itself to who listens to the meter <c>Unp.Net.Pipelines</c>; nothing is counted for it but what the loop counts anyway.</summary>
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
        meter.CreateObservableUpDownCounter("unp.loop.sockets", () => Measured(loop.SocketCount), "{socket}", "Sockets of the loop that are open.");
        meter.CreateObservableCounter(
            "unp.loop.io", () => (Measurement<long>[])[new(loop.BytesReceived, tag, receiving), new(loop.BytesSent, tag, sending)], "By",
            "Bytes that the loop's sockets have received and sent.");
        lag = meter.CreateHistogram<double>("unp.loop.lag", "s", "How long what is ready waits for its turn.");
        stalls = meter.CreateCounter<long>("unp.loop.stalls", "{stall}", "Turns of the loop that took longer than its threshold.");
        lost = meter.CreateCounter<long>(
            "unp.loop.connections.lost", "{connection}", "Connections whose handler let a reset or time-out of the peer through.");
    }

    public bool WantsLag => lag.Enabled;

    public void RecordLag(TimeSpan waited) => lag.Record(waited.TotalSeconds, tag);

    public void CountStall() => stalls.Add(1, tag);

    public void CountLost() => lost.Add(1, tag);

    /// <summary>A factory's meters are disposed by the factory.</summary>
    public void Dispose()
    {
        if (isOurs)
            meter.Dispose();
    }

    Measurement<long> Measured(long value) => new(value, tag);
}
