using System.IO.Pipelines;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests that the log contains the same events over this transport as over Kestrel's socket transport.</summary>
/// <remarks>
/// These differences are intended:
/// <list type="bullet">
/// <item>The category is <c>Unp.Net.Kestrel</c>.</item>
/// <item>The reason in <c>ConnectionWriteFin</c> differs, because the stock text names the "Socket transport's send loop".</item>
/// <item>A failed send logs no <c>ConnectionWriteRst</c>, because the connection is already lost.</item>
/// <item>A failed send that is not a reset logs <c>ConnectionError</c>, which the stock transport does not log.</item>
/// <item>Kestrel notices a reset in the middle of a body before the handler does.</item>
/// </list>
/// </remarks>
public class LogTests : KestrelSuite
{
    const string Stock = "Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets";
    const string Own = "Unp.Net.Kestrel";
    const int Sent = 10_000_000;

    TaskCompletionSource go = Source();

    [Fact]
    public void Reset_of_idle_client_is_logged_as_by_stock_transport() => SameEvents(
        null,
        (_, client) =>
        {
            Writen(client, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"u8);
            Read(client, new byte[1000]);
            Reset(client);
        },
        "Debug 19 ConnectionReset: Connection id \"?\" reset.",
        "Debug 7 ConnectionWriteFin: Connection id \"?\" sending FIN because: \"?\"");

    /// <summary>The events after the first depend on whether the handler or Kestrel notices the reset first.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public void Reset_amid_body_is_logged_as_by_stock_transport(bool isStock)
    {
        string[] events = Events(
            null,
            (_, client) =>
            {
                Writen(client, "POST /body HTTP/1.1\r\nHost: web\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\nhalf"u8);
                Read(client, new byte[1000]);
                Reset(client);
            },
            isStock);
        Assert.Equal("Debug 19 ConnectionReset: Connection id \"?\" reset.", events[0]);
    }

    [Fact]
    public void End_of_idle_client_is_logged_as_by_stock_transport() => SameEvents(
        null,
        (_, client) =>
        {
            Shutdown(client, SHUT_WR);
            ReadToEnd(client);
            client.Dispose();
        },
        "Debug 6 ConnectionReadFin: Connection id \"?\" received FIN.",
        "Debug 7 ConnectionWriteFin: Connection id \"?\" sending FIN because: \"?\"");

    [Fact]
    public void End_of_server_is_logged_as_by_stock_transport() => SameEvents(
        null,
        (_, client) =>
        {
            Writen(client, "GET / HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n"u8);
            ReadToEnd(client);
            client.Dispose();
        },
        "Debug 7 ConnectionWriteFin: Connection id \"?\" sending FIN because: \"?\"");

    [Fact]
    public void Abort_is_logged_as_by_stock_transport() => SameEvents(
        connection =>
        {
            connection.Abort(new ConnectionAbortedException("enough"));
            return Task.CompletedTask;
        },
        (_, client) =>
        {
            Assert.Throws<UnpException>(() => ReadToEnd(client));
            client.Dispose();
        },
        "Debug 8 ConnectionWriteRst: Connection id \"?\" sending RST because: \"enough\"");

    [Fact]
    public void Pause_of_receiving_is_logged_as_by_stock_transport() => SameEvents(
        async connection =>
        {
            await go.Task;
            ReadResult result;
            do
            {
                result = await connection.Transport.Input.ReadAsync();
                connection.Transport.Input.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted);
        },
        (server, client) =>
        {
            Task writing = Task.Run(() => Writen(client, new byte[Sent]));
            Limit.Until(() => server.Log.Any(entry => entry.Event.Name == "ConnectionPause"), "receiving pauses");
            go.SetResult();
            writing.Within();
            Shutdown(client, SHUT_WR);
            ReadToEnd(client);
            client.Dispose();
        },
        "Debug 4 ConnectionPause: Connection id \"?\" paused.",
        "Debug 5 ConnectionResume: Connection id \"?\" resumed.",
        "Debug 6 ConnectionReadFin: Connection id \"?\" received FIN.",
        "Debug 7 ConnectionWriteFin: Connection id \"?\" sending FIN because: \"?\"");

    /// <summary>Runs the same connection over both transports, and compares their logs with the expected events.</summary>
    void SameEvents(Func<ConnectionContext, Task>? handler, Action<WebServer, Fd> client, params string[] expected)
    {
        Assert.Equal(expected, Events(handler, client, isStock: true));
        go = Source();
        Assert.Equal(expected, Events(handler, client, isStock: false));
    }

    /// <summary>
    /// Returns the distinct events of one connection in the transport's category, without text that differs between runs.
    /// </summary>
    static string[] Events(Func<ConnectionContext, Task>? handler, Action<WebServer, Fd> client, bool isStock)
    {
        var server = new WebServer(
            app =>
            {
                app.MapGet("/", context => context.Response.WriteAsync("hello"));
                app.MapPost("/body", context => context.Request.Body.CopyToAsync(Stream.Null));
            },
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                if (handler is not null)
                    listen.Run(handler);
            }),
            isStock: isStock,
            level: LogLevel.Trace);
        Task.Run(async () =>
        {
            await using (server)
            {
                client(server, Connected(server));
                Limit.Until(() => server.Log.Any(entry => entry.Event.Name == "ConnectionStop"), "Kestrel logs the end of the connection");
                await server.StopAsync();
            }
        }).Within();

        // Over the stock transport a handler may notice a reset before Kestrel does, and Kestrel then logs its exception as an error.
        if (!isStock)
            Assert.Empty(server.Logged);
        return [.. server.Log.Where(entry => entry.Category == (isStock ? Stock : Own)).Select(Describe).Distinct()];
    }

    static string Describe(LogEntry entry)
    {
        string message = Regex.Replace(entry.Message, "^Connection id \"[0-9A-V]{13}\"", "Connection id \"?\"");
        if (entry.Event.Name == "ConnectionWriteFin")
            message = Regex.Replace(message, "because: \".*\"$", "because: \"?\"");
        string exception = entry.Exception is null ? "" : " " + entry.Exception.GetType().Name;
        return $"{entry.Level} {entry.Event.Id} {entry.Event.Name}: {message}{exception}";
    }
}
