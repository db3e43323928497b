using System.IO.Pipelines;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Unp.Net.Kestrel.Tests;

/// <summary>The log over the transport holds the same events as over Kestrel's own socket transport.</summary>
/// <remarks>
/// Differences that stay: the category, which is the transport's own (<c>Unp.Net.Kestrel</c>); the reason in the text of
/// <c>ConnectionWriteFin</c>, because the stock text names its "Socket transport's send loop"; no <c>ConnectionWriteRst</c> after a failed
/// send, because the connection is gone already; <c>ConnectionError</c> for a failed send that is no reset, which the stock transport does
/// not log; and the order in which Kestrel and a handler learn of a reset amid a body.
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

    /// <summary>The events after the first depend on whether the handler or Kestrel learns of the reset first.</summary>
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

    /// <summary>Runs the same connection over both transports, and compares their logs with each other and with what is expected.</summary>
    void SameEvents(Func<ConnectionContext, Task>? handler, Action<WebServer, Fd> client, params string[] expected)
    {
        Assert.Equal(expected, Events(handler, client, isStock: true));
        go = Source();
        Assert.Equal(expected, Events(handler, client, isStock: false));
    }

    /// <summary>The events of one connection in the transport's category, each once and without what differs from run to run.</summary>
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
        if (!isStock) // over the stock transport a handler may learn of a reset before Kestrel does, and its exception is an error then
            Assert.Empty(server.Logged);
        return [.. server.Log.Where(entry => entry.Category == (isStock ? Stock : Own)).Select(Describe).Distinct()];
    }

    static string Describe(LogEntry entry)
    {
        string message = Regex.Replace(entry.Message, "^Connection id \"[0-9A-V]{13}\"", "Connection id \"?\"");
        if (entry.Event.Name == "ConnectionWriteFin")
            message = Regex.Replace(message, "because: \".*\"$", "because: \"?\"");
        return $"{entry.Level} {entry.Event.Id} {entry.Event.Name}: {message}{(entry.Exception is null ? "" : " " + entry.Exception.GetType().Name)}";
    }
}
