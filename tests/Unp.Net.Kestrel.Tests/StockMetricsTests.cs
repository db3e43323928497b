using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Kestrel measures the same over the transport as over its own socket transport: instruments, tags and their values.</summary>
/// <remarks>
/// A difference that stays: over the stock transport a handler may learn of a reset amid a body before Kestrel does. Its exception is an
/// error then, and the duration of the connection has the tag <c>error.type=invalid_body_reader_state</c>. Over this transport Kestrel
/// learns of the reset first.
/// </remarks>
public class StockMetricsTests : KestrelSuite
{
    const string Meter = "Microsoft.AspNetCore.Server.Kestrel";

    [Theory]
    [InlineData("", false)]
    [InlineData("GET / HTTP/1.1\r\nHost: web\r\n\r\n", false)]
    [InlineData("GET / HTTP/1.1\r\nHost: web\r\n\r\n", true)]
    [InlineData("GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n", false)]
    [InlineData("GET / HTTP/1.1\r\nNonsense\r\n\r\n", false)]
    [InlineData("POST /body HTTP/1.1\r\nHost: web\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\nhalf", false)]
    [InlineData("GET /abort HTTP/1.1\r\nHost: web\r\n\r\n", false)]
    public void Connection_is_measured_as_over_stock_transport(string request, bool resets)
    {
        string[] stock = Measured(request, resets, isStock: true);
        Assert.Contains(stock, line => line.StartsWith("kestrel.connection.duration", StringComparison.Ordinal));
        Assert.Equal(stock, Measured(request, resets, isStock: false));
    }

    /// <summary>One connection's measurements, sorted, without values that differ from run to run.</summary>
    static string[] Measured(string request, bool resets, bool isStock)
    {
        var measured = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Enqueue(Describe(instrument, $"{value}", tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured.Enqueue(Describe(instrument, "?", tags)));
        var server = new WebServer(
            app =>
            {
                app.MapGet("/", context => context.Response.WriteAsync("hello"));
                app.MapPost("/body", context => context.Request.Body.CopyToAsync(Stream.Null));
                app.MapGet("/abort", context =>
                {
                    context.Abort();
                    return Task.CompletedTask;
                });
            },
            isStock: isStock);
        listener.Start();
        Task.Run(async () =>
        {
            await using (server)
            {
                using Fd client = Connected(server);
                if (request.Length > 0)
                {
                    Writen(client, Encoding.ASCII.GetBytes(request));
                    _ = read(client, new byte[1000]);
                }
                if (resets)
                    Reset(client);
                else
                    client.Dispose();
                Limit.Until(
                    () => measured.Any(line => line.StartsWith("kestrel.connection.duration", StringComparison.Ordinal)), "the connection is measured");
            }
        }).Within();
        return [.. measured.Order()];
    }

    static string Describe(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = new StringBuilder($"{instrument.Name} [{instrument.Unit}] {value}");
        foreach ((string key, object? tag) in tags.ToArray().OrderBy(tag => tag.Key))
            text.Append(null, $" {key}={(key == "server.port" ? "?" : tag)}");
        return text.ToString();
    }
}
