using System.Net;
using Unp.Net.Pipelines;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of the threads on which handlers and continuations run.</summary>
public class SchedulingTests : KestrelSuite
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public void Read_continuation_runs_on_loop_or_chosen_pool(bool byPool)
    {
        var (waits, where) = (Source(), Source<EventLoop?>());
        With(
            new WebServer(
                listen: kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(async connection =>
                {
                    Task<EventLoop?> waiting = WhereDataAreRead(connection);
                    waits.SetResult();
                    where.SetResult(await waiting);
                })),
                transport: options => options.RunContinuationsAsynchronously = byPool),
            async server =>
            {
                using Fd client = Connected(server);
                await waits.Task;
                Writen(client, "data"u8);
                Assert.Equal(byPool, await where.Task is null);
            });
    }

    [Fact]
    public void ConnectionClosed_callback_runs_on_chosen_pool() => Task.Run(async () =>
    {
        await using var factory = new UnpTransportFactory(
            Microsoft.Extensions.Options.Options.Create(new UnpTransportOptions { LoopCount = 1, RunContinuationsAsynchronously = true }));
        await using IConnectionListener listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        for (int i = 0; i < 20; i++)
        {
            ConnectionContext client = await factory.ConnectAsync(listener.EndPoint);
            ConnectionContext server = (await listener.AcceptAsync())!;
            var closed = Source<EventLoop?>();
            using (server.ConnectionClosed.Register(() => closed.SetResult(EventLoop.Current)))
            {
                await WriteAndDispose(client);
                Assert.Null(EventLoop.Current);
                Assert.Null(await closed.Task);
            }
            await WriteAndDispose(server);
            Assert.Null(EventLoop.Current);
        }

        static async Task WriteAndDispose(ConnectionContext connection)
        {
            await connection.Transport.Output.WriteAsync(new byte[100]).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }).Within();

    [Fact]
    public void Handler_on_pool_may_block() => With(
        new WebServer(
            app => app.MapPost("/", context =>
            {
                using var reader = new StreamReader(context.Request.Body);
                context.Response.WriteAsync(reader.ReadToEnd()).Wait();
                return Task.CompletedTask;
            }),
            kestrel =>
            {
                kestrel.AllowSynchronousIO = true;
                kestrel.Listen(IPAddress.Loopback, 0);
            },
            options => (options.RunContinuationsAsynchronously, options.LoopCount) = (true, 1)),
        async server =>
        {
            using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
            using HttpResponseMessage answer = await client.PostAsync("/", new ByteArrayContent(new byte[500_000]));
            Assert.Equal(500_000, (await answer.Content.ReadAsByteArrayAsync()).Length);
        });

    [Fact]
    public void Handler_that_blocks_loop_is_logged()
    {
        using var release = new ManualResetEventSlim();
        var server = new WebServer(
            app => app.MapGet("/", context =>
            {
                if (EventLoop.Current is not null)
                    release.Wait(Limit.Default);
                return context.Response.WriteAsync("hello");
            }),
            transport: options => options.ConfigureLoop = (_, loop) => loop with { StallTimeout = TimeSpan.FromMilliseconds(50) });
        Task.Run(async () =>
        {
            await using (server)
            {
                using Fd client = Connected(server);
                for (int i = 0; i < 2; i++)
                    Writen(client, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"u8);
                Limit.Until(
                    () =>
                    {
                        Writen(client, "GET / HTTP/1.1\r\nHost: web\r\n\r\n"u8);
                        return server.Logged.Any(line => line.StartsWith("Warning: unp transport ", StringComparison.Ordinal));
                    },
                    "the stall is logged");
                release.Set();
            }
        }).Within();
    }

    [Fact]
    public void ConfigureLoop_is_called_for_each_loop()
    {
        var seen = new List<int>();
        With(
            new WebServer(transport: options =>
            {
                options.LoopCount = 3;
                options.ConfigureLoop = (index, loop) =>
                {
                    seen.Add(index);
                    Assert.Equal($"unp transport {index}", loop.Name);
                    return loop;
                };
            }),
            _ => Task.CompletedTask);
        Assert.Equal([0, 1, 2], seen);
    }

    [Theory]
    [InlineData("LoopCount"), InlineData("Backlog"), InlineData("ReservedDescriptors")]
    [InlineData("MaxReadBufferSize"), InlineData("MaxWriteBufferSize")]
    public void Invalid_option_is_rejected_by_name(string name)
    {
        var options = new UnpTransportOptions();
        switch (name)
        {
            case "LoopCount":
                options.LoopCount = 0;
                break;
            case "Backlog":
                options.Backlog = -1;
                break;
            case "ReservedDescriptors":
                options.ReservedDescriptors = -1;
                break;
            case "MaxReadBufferSize":
                options.MaxReadBufferSize = 0;
                break;
            default:
                options.MaxWriteBufferSize = -1;
                break;
        }
        Assert.Throws<ArgumentOutOfRangeException>(name, options.Validate);
        var refused = Assert.Throws<ArgumentOutOfRangeException>(
            () => new UnpTransportFactory(Microsoft.Extensions.Options.Options.Create(options)));
        Assert.Equal(name, refused.ParamName);
    }

    static async Task<EventLoop?> WhereDataAreRead(ConnectionContext connection)
    {
        await connection.Transport.Input.ReadAsync();
        return EventLoop.Current;
    }
}
