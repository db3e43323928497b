using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of handlers that read and write bodies synchronously, which works only on another thread than the loop's.</summary>
public class SynchronousTests : KestrelSuite
{
    readonly ConcurrentQueue<Exception> thrown = [];

    [Theory]
    [InlineData("stock", 1), InlineData("unp on the pool", 1), InlineData("unp", 1), InlineData("unp", 2)]
    public void Synchronous_read_throws_on_loop_and_server_continues(string transport, int loops) => Run(transport, loops, async server =>
    {
        for (int i = 0; i < loops + 1; i++)
        {
            using Fd client = Connected(server);
            AwaitLoop(client, transport);
            Writen(client, "POST /read HTTP/1.1\r\nHost: web\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n"u8);
            byte[] goOn = new byte["HTTP/1.1 100 Continue\r\n\r\n".Length];
            Assert.Equal(goOn.Length, Readn(client, goOn));
            if (transport != "unp")
                Writen(client, "0123456789"u8);
            Assert.StartsWith(transport == "unp" ? "HTTP/1.1 500 " : "HTTP/1.1 200 ", ReadToEnd(client));
        }
        await AssertServes(server);
        Assert.Equal(transport == "unp" ? loops + 1 : 0, thrown.Count);
        Assert.All(
            thrown,
            exception => Assert.Contains(
                "RunContinuationsAsynchronously", Assert.IsType<InvalidOperationException>(exception).Message));
    });

    [Theory]
    [InlineData("stock", 1), InlineData("unp on the pool", 1), InlineData("unp", 1), InlineData("unp", 2)]
    public void Synchronous_write_on_loop_ends_and_server_continues(string transport, int loops) => Run(transport, loops, async server =>
    {
        var clients = new List<Fd>();
        try
        {
            for (int i = 0; i < loops + 1; i++)
            {
                clients.Add(Connected(server));
                AwaitLoop(clients[i], transport);
                Writen(clients[i], "GET /write HTTP/1.1\r\nHost: web\r\n\r\n"u8);
            }
            await AssertServes(server);
            if (transport == "unp")
                Assert.Contains(server.Logged, line => line.Contains("RunContinuationsAsynchronously", StringComparison.Ordinal));
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    });

    static async Task AssertServes(WebServer server)
    {
        for (int i = 0; i < 4; i++)
        {
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            Assert.NotEmpty(await client.GetStringAsync("/"));
        }
    }

    /// <summary>Sends requests until the loop thread answers, because Kestrel starts a connection on another thread.</summary>
    static void AwaitLoop(Fd client, string transport)
    {
        byte[] answer = new byte[1000];
        string text;
        do
        {
            Writen(client, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"u8);
            text = Encoding.ASCII.GetString(answer, 0, Read(client, answer));
        }
        while (transport == "unp" && !text.Contains("the loop", StringComparison.Ordinal));
    }

    void Run(string transport, int loops, Func<WebServer, Task> test) => Task.Run(async () =>
    {
        await using var server = new WebServer(
            app =>
            {
                app.MapGet("/", context =>
                {
                    string text = EventLoop.Current is null ? "elsewhere" : "the loop";
                    context.Response.ContentLength = text.Length;
                    return context.Response.WriteAsync(text);
                });
                app.MapPost("/read", context =>
                {
                    try
                    {
                        _ = context.Request.Body.Read(new byte[10]);
                    }
                    catch (Exception e)
                    {
                        thrown.Enqueue(e);
                        throw;
                    }
                    return Task.CompletedTask;
                });
                app.MapGet("/write", context =>
                {
                    for (int i = 0; i < 100; i++)
                        context.Response.Body.Write(new byte[1_000_000]);
                    return Task.CompletedTask;
                });
            },
            kestrel =>
            {
                kestrel.AllowSynchronousIO = true;
                kestrel.Listen(IPAddress.Loopback, 0);
            },
            options =>
            {
                (options.RunContinuationsAsynchronously, options.LoopCount) = (transport == "unp on the pool", loops);
                options.ConfigureLoop = (_, loop) => loop with { StallTimeout = TimeSpan.FromMilliseconds(100) };
            },
            shutdownTimeout: TimeSpan.FromSeconds(1),
            isStock: transport == "stock");
        await test(server);
    }).Within();
}
