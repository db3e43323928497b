using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests that Kestrel records the same instruments, tags and values over this transport as over its socket transport.</summary>
/// <remarks>
/// One difference is intended. Over the stock transport a handler may notice a reset in the middle of a body before Kestrel does. Kestrel
/// then records the handler's exception as an error, with the tag <c>error.type=invalid_body_reader_state</c> on the duration of the
/// connection. Over this transport Kestrel notices the reset first.
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

    /// <summary>Returns the sorted measurements of one connection, without values that differ between runs.</summary>
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
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => measured.Enqueue(Describe(instrument, $"{value}", tags)));
        listener.SetMeasurementEventCallback<double>(
            (instrument, _, tags, _) => measured.Enqueue(Describe(instrument, "?", tags)));
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
                    () => measured.Any(line => line.StartsWith("kestrel.connection.duration", StringComparison.Ordinal)),
                    "the connection is measured");
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
