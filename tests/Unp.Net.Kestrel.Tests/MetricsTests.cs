using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of Kestrel's metrics over the transport, and of the metrics of the loops.</summary>
public class MetricsTests : KestrelSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Connections_over_TCP_are_counted_with_their_tags(string mechanism) => With(
        Server(kestrel => kestrel.Listen(IPAddress.Loopback, 0), mechanism),
        server => Count(
            new SocketsHttpHandler(), server.Url, ("server.address", "127.0.0.1"), ("server.port", server.Port),
            ("network.type", "ipv4"), ("network.transport", "tcp")));

    [Theory, MemberData(nameof(Mechanisms))]
    public void Connections_over_unix_sockets_are_counted_with_their_tags(string mechanism)
    {
        using var directory = new TempDirectory();
        string path = directory["web"];
        With(Server(kestrel => kestrel.ListenUnixSocket(path), mechanism), server =>
            Count(OverUnix(path), "http://web/", ("server.address", path), ("network.transport", "unix")));
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Loop_metrics_count_sockets_and_bytes(string mechanism)
    {
        using var figures = new Figures("Unp.Net.Pipelines", ("unp.loop.name", $"loop of {mechanism}"));
        With(Server(kestrel => kestrel.Listen(IPAddress.Loopback, 0), mechanism), async server =>
        {
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            Assert.Equal("hello", await client.GetStringAsync("/"));
            figures.Observe();
            Assert.Equal(2, figures["unp.loop.sockets"]); // the listener and one connection
            Assert.InRange(figures["unp.loop.io receive"], "GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n".Length, 1000);
            Assert.InRange(figures["unp.loop.io transmit"], "HTTP/1.1 200 OK\r\n\r\nhello".Length, 1000);
            client.Dispose();
            Limit.Until(() =>
            {
                figures.Observe();
                return figures["unp.loop.sockets"] == 1;
            }, "the connection is no longer counted");
        });
    }

    /// <summary>Checks the counters during and after the connections of two clients.</summary>
    static async Task Count(SocketsHttpHandler handler, string url, params (string Key, object Value)[] tags)
    {
        using var figures = new Figures("Microsoft.AspNetCore.Server.Kestrel", tags);
        using var client = new HttpClient(handler) { BaseAddress = new Uri(url) };
        Task<string> first = client.GetStringAsync("/both"), second = client.GetStringAsync("/both");
        Assert.Equal(["hello", "hello"], await Task.WhenAll(first, second));
        Assert.Equal(2, figures["kestrel.active_connections"]);
        Assert.Equal(0, figures["kestrel.queued_connections"]);
        client.Dispose();
        Limit.Until(() => figures["kestrel.active_connections"] == 0, "no connection is counted");
        Limit.Until(() => figures.Times("kestrel.connection.duration") == 2, "both were measured");
        Assert.InRange(figures["kestrel.connection.duration"], 0, 2 * Limit.Default.TotalSeconds);
    }

    /// <summary>Creates a server that answers /both when two requests have arrived.</summary>
    static WebServer Server(Action<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions> listen, string mechanism)
    {
        int asking = 0;
        var both = Source();
        return new WebServer(
            app =>
            {
                app.MapGet("/", context => context.Response.WriteAsync("hello"));
                app.MapGet("/both", async context =>
                {
                    if (Interlocked.Increment(ref asking) == 2)
                        both.SetResult();
                    await both.Task;
                    await context.Response.WriteAsync("hello");
                });
            },
            listen,
            options =>
            {
                options.Mechanism = mechanism;
                options.LoopCount = 1;
                options.ConfigureLoop = (_, loop) => loop with { Name = $"loop of {mechanism}" };
            });
    }

    static SocketsHttpHandler OverUnix(string path) => new()
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    /// <summary>The measurements of a meter with some tags: sums of counters, and the last values of observable instruments.</summary>
    sealed class Figures : IDisposable
    {
        readonly MeterListener listener = new();
        readonly ConcurrentDictionary<string, double> sums = new();
        readonly ConcurrentDictionary<string, int> times = new();
        readonly (string Key, object Value)[] wanted;

        public Figures(string meter, params (string Key, object Value)[] tags)
        {
            wanted = tags;
            listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == meter)
                    listener.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
            listener.Start();
        }

        public double this[string name] => sums.GetValueOrDefault(name);

        public int Times(string name) => times.GetValueOrDefault(name);

        public void Observe() => listener.RecordObservableInstruments();

        public void Dispose() => listener.Dispose();

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach ((string key, object wantedValue) in wanted)
            {
                if (!Has(tags, key, wantedValue))
                    return;
            }
            string name = instrument.Name;
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == "network.io.direction")
                    name = string.Create(CultureInfo.InvariantCulture, $"{name} {tag.Value}");
            }
            times.AddOrUpdate(name, 1, (_, before) => before + 1);
            sums.AddOrUpdate(name, value, (_, before) => instrument.IsObservable ? value : before + value);
        }

        static bool Has(ReadOnlySpan<KeyValuePair<string, object?>> tags, string key, object value)
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag.Key == key)
                    return Equals(tag.Value, value);
            }
            return false;
        }
    }
}
