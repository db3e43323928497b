using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Unp.Net.Pipelines.Tests.Loop;

public class StallTests : LoopSuite
{
    [Fact]
    public void Stall_is_reported_once_while_handler_blocks()
    {
        using var reported = new BlockingCollection<TimeSpan>();
        var threshold = TimeSpan.FromMilliseconds(40);
        using var loop = new EventLoop(new EventLoopOptions { StallTimeout = threshold, OnStall = (_, taken) => reported.Add(taken) });
        for (int i = 0; i < 2; i++)
        {
            // The handler blocks until the stall is reported.
            TimeSpan taken = default;
            bool wasReported = false;
            loop.RunAsync(() =>
            {
                wasReported = reported.TryTake(out taken, Limit.Default);
                return Task.CompletedTask;
            }).Within();
            Assert.True(wasReported);
            Assert.InRange(taken, threshold, Limit.Default);
        }
        loop.RunAsync(() => Task.CompletedTask).Within();
        Assert.Empty(reported);
    }

    [Fact]
    public void Meter_reports_sockets_bytes_lag_and_stalls()
    {
        var seen = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Unp.Net.Pipelines")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        listener.Start();

        using var stalled = new ManualResetEventSlim();
        using (var loop = new EventLoop(new EventLoopOptions
        {
            Name = "measured",
            StallTimeout = TimeSpan.FromMilliseconds(20),
            OnStall = (_, _) => stalled.Set(),
        }))
        {
            var (first, second) = Pair(loop);
            loop.RunAsync(async () =>
            {
                await first.SendAsync(new byte[7]);
                Assert.Equal(7, await second.ReceiveAsync(new byte[100]));
                first.Dispose();
            }).Within();
            loop.RunAsync(() =>
            {
                stalled.Wait(Limit.Default);
                return Task.CompletedTask;
            }).Within();
            Limit.Until(() => seen.ContainsKey("unp.loop.lag"), "the lag was measured");
            listener.RecordObservableInstruments();
            Assert.Equal(1, seen["unp.loop.sockets"]);
            Assert.Equal(7, seen["unp.loop.io receive"]);
            Assert.Equal(7, seen["unp.loop.io transmit"]);
            Assert.InRange(seen["unp.loop.stalls"], 1, 100);
            Assert.InRange(seen["unp.loop.lag"], 0, Limit.Default.TotalSeconds);
        }
        seen.Clear();
        listener.RecordObservableInstruments();
        Assert.Empty(seen);

        void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (!tags.Contains(new KeyValuePair<string, object?>("unp.loop.name", "measured")))
                return;
            string direction = tags.Length > 1 ? $" {tags[1].Value}" : "";
            seen[$"{instrument.Name}{direction}"] = value;
        }
    }
}
