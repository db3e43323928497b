using System.Net.WebSockets;
using System.Text;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of slow, idle and interrupted connections, and of servers that stop.</summary>
public class LifetimeTests : KestrelSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Client_that_sends_single_bytes_is_answered(string mechanism) => With(Server(mechanism), server =>
    {
        using Fd client = Connected(server);
        Setsockopt(client, SocketOptions.TcpNoDelay, true);
        foreach (byte each in SlowRequest)
            Writen(client, [each]);
        Assert.Equal("bytes", Body(ReadToEnd(client)));
        return Task.CompletedTask;
    });

    /// <summary>The pace is part of the test: each byte arrives in its own segment and needs its own read.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Slow_clients_are_answered_and_do_not_delay_others(string mechanism) => With(Server(mechanism), async server =>
    {
        using var other = new HttpClient { BaseAddress = new Uri(server.Url) };
        Task<string>[] slow = [.. Enumerable.Range(0, 20).Select(_ => SendSlowly(server, TimeSpan.FromMilliseconds(10)))];
        int answered = 0;
        while (!slow.All(client => client.IsCompleted))
        {
            Assert.Equal("hello", await other.GetStringAsync("/"));
            answered++;
        }
        foreach (Task<string> client in slow)
            Assert.Equal("bytes", Body(await client));
        Assert.InRange(answered, SlowRequest.Length, int.MaxValue); // more than one answer per byte of a slow client
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Client_resets_do_not_affect_other_clients(string mechanism) => With(Server(mechanism), async server =>
    {
        using var other = new HttpClient { BaseAddress = new Uri(server.Url) };
        for (int i = 0; i < 50; i++)
        {
            Fd client = Connected(server);
            string request = "POST /echo HTTP/1.1\r\nHost: web\r\nContent-Length: 100000\r\n\r\nhalf of it";
            Writen(client, Encoding.ASCII.GetBytes(request[..(request.Length * i / 50)]));
            Reset(client);
            Assert.Equal("hello", await other.GetStringAsync("/"));
        }
    });

    [Theory]
    [InlineData("poll"), InlineData("epoll")]
    public void Hundreds_of_idle_connections_are_served_on_request(string mechanism) => With(Server(mechanism), async server =>
    {
        var clients = new List<Fd>();
        try
        {
            for (int i = 0; i < 300; i++)
                clients.Add(Connected(server));
            for (int round = 0; round < 2; round++)
            {
                foreach (Fd client in clients)
                    Get(client);
            }
            using var other = new HttpClient { BaseAddress = new Uri(server.Url) };
            Assert.Equal("hello", await other.GetStringAsync("/"));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void WebSocket_echoes_messages_of_all_sizes(string mechanism) => With(Server(mechanism), async server =>
    {
        using var client = new ClientWebSocket();
        await client.ConnectAsync(new Uri(server.Url.Replace("http", "ws", StringComparison.Ordinal) + "/socket"), default);
        byte[] buffer = new byte[100_000];
        for (int size = 0; size < buffer.Length; size = 3 * size + 1)
        {
            byte[] message = Bytes(size, size);
            await client.SendAsync(message, WebSocketMessageType.Binary, true, default);
            Assert.Equal(message, await Receive(client, buffer));
        }
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void Long_poll_is_answered_when_data_is_available(string mechanism)
    {
        var (asked, news) = (Source(), Source<string>());
        With(Server(mechanism, app => app.MapGet("/poll", async context =>
        {
            asked.SetResult();
            await context.Response.WriteAsync(await news.Task);
        })), async server =>
        {
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            Task<string> polling = client.GetStringAsync("/poll");
            await asked.Task;
            Assert.Equal("hello", await client.GetStringAsync("/"));
            news.SetResult("news");
            Assert.Equal("news", await polling);
        });
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void RequestAborted_fires_when_client_resets(string mechanism)
    {
        var (asked, aborted) = (Source(), Source());
        With(Server(mechanism, app => app.MapGet("/wait", async context =>
        {
            using var _ = context.RequestAborted.Register(aborted.SetResult);
            asked.SetResult();
            await aborted.Task;
        })), async server =>
        {
            Fd client = Connected(server);
            Writen(client, "GET /wait HTTP/1.1\r\nHost: web\r\n\r\n"u8);
            await asked.Task;
            Reset(client);
            await aborted.Task;
        });
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Stop_completes_pending_request_and_refuses_new_clients(string mechanism)
    {
        var (asked, go) = (Source(), Source());
        With(Server(mechanism, app => app.MapGet("/slow", async context =>
        {
            await context.Response.WriteAsync("first half, ");
            await context.Response.Body.FlushAsync();
            asked.SetResult();
            await go.Task;
            await context.Response.WriteAsync("second half");
        })), async server =>
        {
            SockAddr address = server.Address;
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            Task<string> answer = client.GetStringAsync("/slow");
            await asked.Task;
            Task stopping = server.StopAsync();
            Limit.Until(() => IsRefused(address), "new clients are refused");
            Assert.False(stopping.IsCompleted);
            go.SetResult();
            Assert.Equal("first half, second half", await answer);
            await stopping;
        });
    }

    [Fact]
    public void Stop_aborts_connections_after_timeout()
    {
        var asked = Source();
        var server = new WebServer(
            app => app.MapGet("/wait", async context =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }),
            shutdownTimeout: TimeSpan.FromMilliseconds(200));
        Task.Run(async () =>
        {
            await using (server)
            {
                using Fd client = Connected(server);
                Writen(client, "GET /wait HTTP/1.1\r\nHost: web\r\n\r\n"u8);
                await asked.Task;
                await Record.ExceptionAsync(server.StopAsync);
                Assert.ThrowsAny<Exception>(() => Get(client));
            }
        }).Within();
    }

    static ReadOnlySpan<byte> SlowRequest => "POST /echo HTTP/1.1\r\nHost: web\r\nContent-Length: 5\r\nConnection: close\r\n\r\nbytes"u8;

    static async Task<string> SendSlowly(WebServer server, TimeSpan pace)
    {
        using Fd client = Connected(server);
        Setsockopt(client, SocketOptions.TcpNoDelay, true);
        using var timer = new PeriodicTimer(pace);
        for (int i = 0; i < SlowRequest.Length; i++)
        {
            await timer.WaitForNextTickAsync();
            Writen(client, SlowRequest.Slice(i, 1));
        }
        return await Task.Run(() => ReadToEnd(client));
    }

    /// <summary>Returns the joined chunks of an answer, which has one chunk for each read of the server.</summary>
    static string Body(string answer)
    {
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        string[] lines = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Split("\r\n");
        return string.Concat(lines.Where((_, index) => index % 2 == 1));
    }

    static WebServer Server(string mechanism, Action<WebApplication>? more = null) => new(
        app =>
        {
            app.MapGet("/", context => context.Response.WriteAsync("hello"));

            // Not BodyReader.CopyToAsync(BodyWriter), because Kestrel may then throw an ArgumentOutOfRangeException, over its own sockets,
            // too. The base library calls AdvanceTo(default) when a flush reports that the client is gone.
            app.MapPost("/echo", context => context.Request.Body.CopyToAsync(context.Response.Body));
            app.Map("/socket", EchoMessages);
            more?.Invoke(app);
        },
        transport: Over(mechanism));

    static async Task EchoMessages(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[100_000];
        while (await Receive(socket, buffer) is { } message)
            await socket.SendAsync(message, WebSocketMessageType.Binary, true, default);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
    }

    /// <summary>Receives a message; null when the peer closes.</summary>
    static async Task<byte[]?> Receive(WebSocket socket, byte[] buffer)
    {
        int length = 0;
        WebSocketReceiveResult piece;
        do
        {
            piece = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), default);
            length += piece.Count;
        }
        while (!piece.EndOfMessage);
        return piece.MessageType == WebSocketMessageType.Close ? null : buffer[..length];
    }

    static void Get(Fd client)
    {
        Writen(client, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"u8);
        byte[] line = new byte[1000];
        var answer = new StringBuilder();
        while (!answer.ToString().EndsWith("hello\r\n0\r\n\r\n", StringComparison.Ordinal))
        {
            int n = Read(client, line);
            if (n == 0)
                throw new EndOfStreamException();
            answer.Append(Encoding.ASCII.GetString(line, 0, n));
        }
    }

    static bool IsRefused(SockAddr address)
    {
        using Fd probe = Socket(AF_INET, SOCK_STREAM);
        return connect(probe, address) < 0;
    }
}
