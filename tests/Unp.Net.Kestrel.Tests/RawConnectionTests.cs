using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of connections without HTTP, as for ASP.NET Core's ConnectionHandler.</summary>
public class RawConnectionTests : KestrelSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Echo_returns_all_bytes_and_end_of_file(string mechanism) => With(Server(Echo, mechanism), server =>
    {
        byte[] sent = Bytes(3_000_000), got = new byte[sent.Length];
        using Fd client = Connected(server);
        Task writing = Task.Run(() =>
        {
            Writen(client, sent);
            Shutdown(client, SHUT_WR);
        });
        Assert.Equal(sent.Length, Readn(client, got));
        Assert.Equal(0, Read(client, got.AsSpan(0, 1)));
        Assert.Equal(Bytes(3_000_000), got);
        return writing;
    });

    [Theory, MemberData(nameof(Mechanisms))]
    public void ConnectionClosed_fires_when_client_ends_sending(string mechanism)
    {
        var closed = Source();
        With(Server(async connection =>
        {
            using (connection.ConnectionClosed.Register(closed.SetResult))
            {
                await connection.Transport.Output.WriteAsync("?"u8.ToArray());
                await closed.Task;
                await connection.Transport.Output.WriteAsync("!"u8.ToArray());
            }
        }, mechanism), async server =>
        {
            using Fd client = Connected(server);
            Assert.Equal(1, Read(client, new byte[1]));
            Assert.False(closed.Task.IsCompleted);
            Shutdown(client, SHUT_WR);
            await closed.Task;
            Assert.Equal("!", ReadToEnd(client));
        });
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Client_reset_throws_ConnectionResetException(string mechanism)
    {
        var failed = Source<Exception?>();
        var closed = Source();
        With(Server(async connection =>
        {
            connection.ConnectionClosed.Register(closed.SetResult);
            await connection.Transport.Output.WriteAsync("?"u8.ToArray());
            failed.SetResult(await Record.ExceptionAsync(() => connection.Transport.Input.ReadAsync().AsTask()));

            // Writes report the reset by their result and do not throw.
            FlushResult flushed = default;
            while (!flushed.IsCompleted)
                flushed = await connection.Transport.Output.WriteAsync(new byte[1000]);
        }, mechanism), async server =>
        {
            Fd client = Connected(server);
            Assert.Equal(1, Read(client, new byte[1]));
            Reset(client);
            var failure = Assert.IsType<ConnectionResetException>(await failed.Task);
            Assert.Equal(Errno.ECONNRESET, Assert.IsType<UnpException>(failure.InnerException).Errno);
            await closed.Task;
        });
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Abort_resets_client_and_ends_pending_read(string mechanism)
    {
        var failed = Source<Exception?>();
        With(Server(async connection =>
        {
            Task<ReadResult> reading = connection.Transport.Input.ReadAsync().AsTask();
            connection.Abort(new ConnectionAbortedException("enough"));
            failed.SetResult(await Record.ExceptionAsync(() => reading));
        }, mechanism), async server =>
        {
            using Fd client = Connected(server);
            Assert.Equal("enough", Assert.IsType<ConnectionAbortedException>(await failed.Task).Message);
            Assert.Equal(Errno.ECONNRESET, Assert.Throws<UnpException>(() => Read(client, new byte[1])).Errno);
        });
    }

    [Fact]
    public void Abort_ends_connection_with_full_read_buffer()
    {
        var closed = Source();
        With(Server(async connection =>
        {
            connection.ConnectionClosed.Register(closed.SetResult);
            ReadResult first = await connection.Transport.Input.ReadAtLeastAsync(2000);
            connection.Transport.Input.AdvanceTo(first.Buffer.Start);
            connection.Abort();
            await closed.Task;
        }, transport: options => options.MaxReadBufferSize = 1000), async server =>
        {
            using Fd client = Connected(server);
            Writen(client, new byte[10_000]);
            await closed.Task;
        });
    }

    [Fact]
    public void Features_are_available_and_can_be_set()
    {
        var done = Source<Exception?>();
        With(Server(async connection => done.SetResult(await Record.ExceptionAsync(async () =>
        {
            var features = connection.Features;
            var loopSocket = features.Get<ILoopSocketFeature>()!.LoopSocket;
            Assert.StartsWith("unp transport ", loopSocket.Loop.Name);
            Assert.True(Getsockopt(loopSocket.Descriptor, SocketOptions.TcpNoDelay));
            Assert.Null(features.Get<IPeerCredentialsFeature>());
            Assert.Equal(connection.LocalEndPoint, features.Get<IConnectionEndPointFeature>()!.LocalEndPoint);
            Assert.Equal(IPAddress.Loopback, Assert.IsType<IPEndPoint>(connection.RemoteEndPoint).Address);
            Assert.Equal(connection.ConnectionId, features.Get<IConnectionIdFeature>()!.ConnectionId);
            Assert.Matches("^[0-9A-V]{13}$", connection.ConnectionId);
            Assert.NotNull(features.Get<IMemoryPoolFeature>()!.MemoryPool);
            Assert.Same(connection.Items, features.Get<IConnectionItemsFeature>()!.Items);
            Assert.Same(connection.Transport, features.Get<IConnectionTransportFeature>()!.Transport);

            // The .NET socket gives access to the options, and does not close the descriptor.
            Socket socket = features.Get<IConnectionSocketFeature>()!.Socket;
            Assert.True(socket.NoDelay);
            Assert.Equal(connection.RemoteEndPoint, socket.RemoteEndPoint);

            int revision = features.Revision;
            features.Set(this);
            Assert.Same(this, features.Get<RawConnectionTests>());
            Assert.NotEqual(revision, features.Revision);
            Assert.Contains(features, feature => feature.Key == typeof(RawConnectionTests));
            Assert.Contains(features, feature => feature.Key == typeof(ILoopSocketFeature));
            features.Set<RawConnectionTests>(null);
            Assert.DoesNotContain(features, feature => feature.Key == typeof(RawConnectionTests));
            await connection.Transport.Output.WriteAsync(new byte[1000]);
        }))), async server =>
        {
            using Fd client = Connected(server);
            Assert.Equal(1000, ReadToEnd(client).Length);
            Assert.Null(await done.Task);
        });
    }

    /// <summary>The test reuses the number of the closed descriptor for other sockets.</summary>
    [Theory]
    [InlineData("aborted"), InlineData("disposed"), InlineData("disposed unseen"), InlineData("its loop has ended")]
    public void Socket_feature_of_closed_connection_never_uses_reused_number(string way) => Task.Run(async () =>
    {
        await using UnpTransportFactory factory = Factory("epoll");
        await using IConnectionListener listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await using ConnectionContext client = await factory.ConnectAsync(listener.EndPoint);
        await using ConnectionContext server = (await listener.AcceptAsync())!;
        var feature = server.Features.Get<IConnectionSocketFeature>()!;
        Socket? before = way == "disposed unseen" ? null : feature.Socket;
        var descriptor = server.Features.Get<ILoopSocketFeature>()!.LoopSocket.Descriptor;
        if (way == "aborted")
            server.Abort();
        else if (way == "its loop has ended")
            await factory.DisposeAsync();
        else
            await server.DisposeAsync();
        if (way == "aborted")
            Limit.Until(() => descriptor.IsClosed, "it is closed");

        var others = new List<Fd>();
        while (others.Count < 20)
            others.Add(Loopback.Datagram());
        try
        {
            if (way == "its loop has ended")
                Assert.Equal(server.LocalEndPoint, before!.LocalEndPoint); // open until the connection is disposed
            else
                Assert.Throws<ObjectDisposedException>(() => (before ?? feature.Socket).LocalEndPoint);
            Assert.Throws<ObjectDisposedException>(() =>
            {
                server.DisposeAsync().AsTask().Within();
                return feature.Socket;
            });
            Assert.True(descriptor.IsClosed);
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }).Within();

    [Fact]
    public void Connection_ids_are_unique()
    {
        var ids = new HashSet<string>();
        With(Server(connection =>
        {
            ids.Add(connection.ConnectionId);
            return Task.CompletedTask;
        }), server =>
        {
            for (int i = 0; i < 10; i++)
            {
                using Fd client = Connected(server);
                ReadToEnd(client);
            }
            Assert.Equal(10, ids.Count);
            return Task.CompletedTask;
        });
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void ConnectAsync_connects_to_server(string mechanism) => With(Server(Echo, mechanism), async server =>
    {
        await using UnpTransportFactory factory = Factory(mechanism);
        await using ConnectionContext connection = await factory.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        Assert.Equal(server.Port, ((IPEndPoint)connection.RemoteEndPoint!).Port);
        byte[] sent = Bytes(100_000);
        Task<FlushResult> writing = connection.Transport.Output.WriteAsync(sent).AsTask();
        ReadResult echoed = await connection.Transport.Input.ReadAtLeastAsync(sent.Length);
        Assert.Equal(sent, echoed.Buffer.ToArray());
        connection.Transport.Input.AdvanceTo(echoed.Buffer.End);
        await writing;
        await connection.Transport.Output.CompleteAsync();
        Assert.True((await connection.Transport.Input.ReadAsync()).IsCompleted);
    });

    [Fact]
    public void Unix_socket_works_without_Kestrel() => Task.Run(async () =>
    {
        await using UnpTransportFactory factory = Factory("epoll");
        var address = new UnixDomainSocketEndPoint($"\0unp-kestrel-raw-{Environment.ProcessId}");
        await using IConnectionListener listener = await factory.BindAsync(address);
        ValueTask<ConnectionContext?> accepting = listener.AcceptAsync();
        await using ConnectionContext client = await factory.ConnectAsync(listener.EndPoint);
        await using ConnectionContext server = (await accepting)!;
        Assert.Equal(Environment.ProcessId, server.Features.Get<IPeerCredentialsFeature>()!.PeerCredentials.ProcessId);
        Assert.Equal(geteuid(), client.Features.Get<IPeerCredentialsFeature>()!.PeerCredentials.UserId);
        await server.Transport.Output.WriteAsync("hello"u8.ToArray());
        Assert.Equal("hello"u8.ToArray(), (await client.Transport.Input.ReadAtLeastAsync(5)).Buffer.ToArray());

        ValueTask<ConnectionContext?> last = listener.AcceptAsync();
        await listener.UnbindAsync();
        Assert.Null(await last);
    }).Within();

    /// <summary>Other code that has the listening socket shuts it down.</summary>
    [Fact]
    public void AcceptAsync_throws_after_listening_socket_is_shut_down() => Task.Run(async () =>
    {
        Fd? listening = null;
        await using var factory = new UnpTransportFactory(Options.Create(new UnpTransportOptions
        {
            LoopCount = 2,
            CreateBoundListenSocket = endPoint => listening = (Fd)UnpTransportOptions.DefaultListenSocket(endPoint),
        }));
        await using IConnectionListener listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await using ConnectionContext client = await factory.ConnectAsync(listener.EndPoint);
        await using ConnectionContext first = (await listener.AcceptAsync())!;
        Task<ConnectionContext?> accepting = listener.AcceptAsync().AsTask();
        Shutdown(listening!, SHUT_RD);
        Assert.Equal(Errno.EINVAL, (await Assert.ThrowsAsync<UnpException>(() => accepting.WaitAsync(Limit.Default))).Errno);
        Assert.Equal(Errno.EINVAL, (await Assert.ThrowsAsync<UnpException>(async () => await listener.AcceptAsync())).Errno);
        await client.Transport.Output.WriteAsync("still here"u8.ToArray());
        Assert.Equal("still here"u8.ToArray(), (await first.Transport.Input.ReadAtLeastAsync(10)).Buffer.ToArray());
    }).Within();

    [Fact]
    public void AcceptAsync_returns_null_after_transport_is_disposed() => Task.Run(async () =>
    {
        UnpTransportFactory factory = Factory("epoll");
        IConnectionListener listener = await factory.BindAsync(new IPEndPoint(IPAddress.Loopback, 0));
        Task<ConnectionContext?> accepting = listener.AcceptAsync().AsTask();
        await factory.DisposeAsync();
        Assert.Null(await accepting.WaitAsync(Limit.Default));
        await listener.DisposeAsync();
    }).Within();

    [Fact]
    public void Failed_connect_throws_its_reason() => Task.Run(async () =>
    {
        SockAddr deaf = Loopback.Deaf(out Fd holder);
        using (holder)
        {
            await using UnpTransportFactory factory = Factory("epoll");
            var failure = await Assert.ThrowsAsync<UnpException>(async () => await factory.ConnectAsync(deaf.ToEndPoint()));
            Assert.Equal(Errno.ECONNREFUSED, failure.Errno);
            await Assert.ThrowsAsync<NotSupportedException>(async () => await factory.ConnectAsync(new DnsEndPoint("localhost", 80)));
        }
    }).Within();

    [Fact]
    public void Connect_beyond_limit_of_select_throws_and_leaks_nothing() => With(Server(Echo), async server =>
    {
        await using UnpTransportFactory factory = Factory("select");
        var address = new IPEndPoint(IPAddress.Loopback, server.Port);
        await (await factory.ConnectAsync(address)).DisposeAsync();
        using (new FullSet())
        {
            // The first failure does not count, because the runtime may open a file for the stack trace.
            var next = new List<int>();
            for (int i = 0; i < 4; i++)
            {
                await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await factory.ConnectAsync(address));
                next.Add(FullSet.Next);
            }
            Assert.Equal(next[1], next[^1]);
        }
        await (await factory.ConnectAsync(address)).DisposeAsync();
    });

    [Fact]
    public void Client_that_cannot_be_served_is_logged() => Task.Run(async () =>
    {
        await using WebServer server = Server(Echo, "select");
        using (Fd client = Connected(server))
        {
            Shutdown(client, SHUT_WR);
            Assert.Equal("", ReadToEnd(client));
        }
        Limit.Until(
            () =>
            {
                // Sockets of earlier tests may be closed meanwhile, so the server could still serve this client. Then try again.
                using var full = new FullSet();
                using Fd client = Connected(server);
                Shutdown(client, SHUT_WR);
                Assert.Equal("", ReadToEnd(client));
                return server.Logged.Count > 0;
            },
            "a refused client is logged");
        Assert.All(server.Logged, line =>
            Assert.Matches(
                $@"^Warning: A client at 127\.0\.0\.1:{server.Port} cannot be served\. .*fd \d{{4}} does not fit into a set of 1024",
                line));
    }).Within();

    static UnpTransportFactory Factory(string mechanism) =>
        new(Options.Create(new UnpTransportOptions { Mechanism = mechanism, LoopCount = 2 }));

    static WebServer Server(
        Func<ConnectionContext, Task> handler, string mechanism = "epoll", Action<UnpTransportOptions>? transport = null) => new(
        listen: kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(handler)),
        transport: transport ?? Over(mechanism));

    static async Task Echo(ConnectionContext connection)
    {
        ReadResult result;
        do
        {
            result = await connection.Transport.Input.ReadAsync();
            foreach (ReadOnlyMemory<byte> piece in result.Buffer)
                await connection.Transport.Output.WriteAsync(piece);
            connection.Transport.Input.AdvanceTo(result.Buffer.End);
        }
        while (!result.IsCompleted);
    }
}
