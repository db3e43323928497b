using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines.Tests.Groups;

/// <summary>Tests of groups with given listening sockets, of the end of the listening, and of clients that cannot be served.</summary>
public class ListenerTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Connections_of_one_socket_alternate_between_loops(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 3);
        Fd listening = Loopback.Listener();
        LoopListener listener = group.Serve((SafeHandle[])[listening], SendLoopIndex);
        Assert.Equal(Getsockname(listening), listener.Address);
        var clients = new List<Fd>();
        for (int i = 0; i < 9; i++)
            clients.Add(Client(listener.Address));
        Assert.Equal([3, 3, 3], clients.Select(ReadLoopIndex).GroupBy(index => index).Select(loop => loop.Count()));
        clients.ForEach(client => client.Dispose());
        listener.DisposeAsync().AsTask().Within();
        Assert.True(listening.IsClosed);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Connections_of_each_socket_stay_on_its_loop(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 3);
        Fd[] listening = [Loopback.Listener(), Loopback.Listener(), Loopback.Listener()];
        SockAddr[] addresses = [.. listening.Select(fd => Getsockname(fd))];
        LoopListener listener = group.Serve(listening, SendLoopIndex);
        for (int i = 0; i < 9; i++)
        {
            using Fd client = Client(addresses[i % 3]);
            Assert.Equal(i % 3, ReadLoopIndex(client));
        }
        listener.DisposeAsync().AsTask().Within();
        Assert.All(listening, fd => Assert.True(fd.IsClosed));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Socket_left_open_keeps_blocking_mode(bool wasBlocking)
    {
        using EventLoopGroup group = Group(null, 2);
        using Fd listening = Loopback.Listener();
        SetNonBlocking(listening, !wasBlocking);
        LoopListener listener = group.Serve((SafeHandle[])[listening], SendLoopIndex, leaveOpen: true);
        using (Fd client = Client(listener.Address))
            Assert.Equal(0, ReadLoopIndex(client));
        listener.DisposeAsync().AsTask().Within();
        Assert.False(listening.IsClosed);
        Assert.Equal(wasBlocking, SetNonBlocking(listening) == false);

        using Fd later = Client(listener.Address);
        Loopback.WaitUntilReadable(listening);
        Accept(listening).Dispose();
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Invalid_listening_sockets_are_refused(bool leaveOpen)
    {
        using EventLoopGroup group = Group(null, 2);
        Fd[] three = [Loopback.Listener(), Loopback.Listener(), Loopback.Listener()];
        Func<object?> serveThree = () => group.Serve(three, SendLoopIndex, leaveOpen: leaveOpen);
        string message = Assert.Throws<ArgumentException>("listening", serveThree).Message;
        Assert.StartsWith("The number of sockets is 3. Pass one socket, or one per loop (2).", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("listening", () => group.Serve([], SendLoopIndex, leaveOpen: leaveOpen));

        Pipe(out Fd noSocket, out Fd other);
        var refused = Assert.Throws<UnpException>(() => group.Serve((SafeHandle[])[noSocket], SendLoopIndex, leaveOpen: leaveOpen));
        Assert.Equal(Errno.ENOTSOCK, refused.Errno);

        // The first socket is already on its loop when the second one fails because it is closed.
        Fd[] one = [Loopback.Listener(), Loopback.Listener()];
        one[1].Dispose();
        Assert.Throws<ObjectDisposedException>(() => group.Serve(one, SendLoopIndex, leaveOpen: leaveOpen));
        Limit.Until(() => group[0].SocketCount == 0, "no loop has a socket");
        foreach (Fd fd in (Fd[])[.. three, noSocket, one[0]])
        {
            Assert.Equal(!leaveOpen, fd.IsClosed);
            fd.Dispose();
        }
        other.Dispose();
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Disposed_listener_refuses_clients_and_keeps_connections(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 2);
        foreach (bool reusePort in (bool[])[false, true])
        {
            LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo, new LoopListenerOptions { ReusePort = reusePort });
            Fd[] clients = [Client(listener.Address), Client(listener.Address), Client(listener.Address)];
            byte[] answer = new byte[4];
            foreach (Fd client in clients)
                Ask(client);
            int listening = reusePort ? 2 : 1;
            Assert.Equal(clients.Length + listening, group.Sum(loop => loop.SocketCount));

            listener.DisposeAsync().AsTask().Within();
            Assert.Equal(clients.Length, group.Sum(loop => loop.SocketCount));
            using (Fd late = Socket(AF_INET, SOCK_STREAM))
                Assert.Equal(Errno.ECONNREFUSED, Assert.Throws<UnpException>(() => Connect(late, listener.Address)).Errno);
            foreach (Fd client in clients)
            {
                Ask(client);
                client.Dispose();
            }
            listener.DisposeAsync().AsTask().Within();
            Limit.Until(() => group.All(loop => loop.SocketCount == 0), "all connections are closed");

            void Ask(Fd client)
            {
                Writen(client, "what"u8);
                Assert.Equal(4, Readn(client, answer));
                Assert.Equal("what"u8, answer);
            }
        }
    }

    /// <summary>In C, FD_SET with such a descriptor writes beyond the set.</summary>
    [Fact]
    public void Select_refuses_and_reports_each_descriptor_above_limit()
    {
        const int Refused = 30;
        using EventLoopGroup group = Group("select", 2);
        using var reported = new BlockingCollection<Exception>();
        var senders = new ConcurrentBag<LoopListener>();
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo, new LoopListenerOptions
        {
            OnRefused = (sender, reason) =>
            {
                senders.Add(sender);
                reported.Add(reason);
            },
        });
        byte[] answer = new byte[1];
        using Fd before = Client(listener.Address);
        Writen(before, "1"u8);
        Assert.Equal(1, Readn(before, answer));
        using (new FullSet())
        {
            for (int i = 0; i < Refused; i++)
            {
                using Fd client = Client(listener.Address);
                Assert.Equal(0, Read(client, answer));
                Assert.True(reported.TryTake(out Exception? reason, Limit.Default));
                Assert.Matches(@"^fd \d{4} does not fit into a set of 1024$", Assert.IsType<ArgumentOutOfRangeException>(reason).Message);
            }
        }
        using Fd after = Client(listener.Address);
        foreach (Fd client in (Fd[])[before, after])
        {
            Writen(client, "2"u8);
            Assert.Equal(1, Readn(client, answer));
        }
        Assert.Empty(reported);
        Assert.All(senders, sender => Assert.Same(listener, sender));
    }

    /// <summary>On the loop's own thread, the listener accepts within the call of Serve.</summary>
    [Fact]
    public void Refusal_within_Serve_reaches_OnRefused()
    {
        using EventLoopGroup group = Group("select", 1);
        using Fd listening = Loopback.Listener();
        using Fd client = Loopback.Connected(listening);
        group[0].RunAsync(async () =>
        {
            var refused = new List<(LoopListener Listener, Exception Reason, bool IsListening)>();
            var options = new LoopListenerOptions
            {
                OnRefused = (sender, reason) => refused.Add((sender, reason, !sender.Completion.IsCompleted)),
            };
            LoopListener listener;
            using (new FullSet())
                listener = group.Serve((SafeHandle[])[listening], Echo, options, leaveOpen: true);
            var (sender, reason, isListening) = Assert.Single(refused);
            Assert.Same(listener, sender);
            Assert.IsType<ArgumentOutOfRangeException>(reason);
            Assert.True(isListening);
            await listener.DisposeAsync();
        }).Within();
        Assert.Equal(0, Read(client, new byte[1]));
    }

    [Theory, InlineData(nameof(LoopListenerOptions.ReservedDescriptors)), InlineData(nameof(LoopListenerOptions.Backlog))]
    public void Invalid_listener_options_are_refused_by_name(string name)
    {
        using EventLoopGroup group = Group(null, 1);
        LoopListenerOptions options =
            name == nameof(LoopListenerOptions.Backlog) ? new() { Backlog = -1 } : new() { ReservedDescriptors = -1 };
        Assert.Throws<ArgumentOutOfRangeException>(name, options.Validate);
        Assert.Throws<ArgumentOutOfRangeException>(name, () => group.Serve(SockAddr.Loopback(AF_INET), Echo, options));
        Fd listening = Loopback.Listener();
        Assert.Throws<ArgumentOutOfRangeException>(name, () => group.Serve((SafeHandle[])[listening], Echo, options));
        Assert.True(listening.IsClosed);
        Assert.Equal(0, group[0].SocketCount);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Ended_loop_is_skipped_and_others_serve(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 3);
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), SendLoopIndex);
        Fd[] clients = [Client(listener.Address), Client(listener.Address)];
        Assert.Equal([0, 1], clients.Select(ReadLoopIndex));

        // The next connection belongs to the third loop, so it is lost with that loop.
        group[2].Dispose();
        byte[] answer = new byte[1];
        using (Fd lost = Client(listener.Address))
            Assert.Equal(0, Read(lost, answer));
        for (int i = 0; i < 10; i++)
        {
            using Fd client = Client(listener.Address);
            Assert.InRange(ReadLoopIndex(client), 0, 1);
        }
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public void Shortage_of_descriptors_is_reported_once_and_client_waits()
    {
        using EventLoopGroup group = Group(null, 1);
        using var reported = new BlockingCollection<Exception>();
        var options = new LoopListenerOptions { OnRefused = (_, reason) => reported.Add(reason) };
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo, options);
        byte[] answer = new byte[1];
        for (int round = 0; round < 2; round++)
        {
            using (Fd warm = Client(listener.Address))
            {
                Writen(warm, "x"u8);
                Assert.Equal(1, Readn(warm, answer));
            }
            Limit.Until(() => group[0].SocketCount == 1, "the first client's connection is closed");
            using Fd client = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
            Exception? reason;
            using (new DescriptorLimit())
            {
                Connect(client, listener.Address);
                Writen(client, "y"u8);
                Assert.True(reported.TryTake(out reason, Limit.Default));
                Assert.Equal(0, Readable_timeo(client, TimeSpan.FromMilliseconds(250))); // the listener tries again during this time
            }
            Assert.Equal(Errno.EMFILE, Assert.IsType<UnpException>(reason).Errno);
            Assert.Equal(1, Readn(client, answer));
            Assert.Empty(reported);
        }
    }

    [Fact]
    public void Client_waits_while_only_reserved_descriptors_are_free()
    {
        const int Reserved = 4;
        using EventLoopGroup group = Group(null, 1);
        using var reported = new BlockingCollection<Exception>();
        var options = new LoopListenerOptions { OnRefused = (_, reason) => reported.Add(reason), ReservedDescriptors = Reserved };
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo, options);
        byte[] answer = new byte[1];
        using Fd warm = Client(listener.Address);
        using Fd first = Loopback.Limited(Socket(AF_INET, SOCK_STREAM)), second = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
        for (int round = 0; round < 2; round++)
        {
            // The second round ends after the listener has looked for another client, which would fail without a free descriptor.
            Writen(warm, "x"u8);
            Assert.Equal(1, Readn(warm, answer));
        }
        using var limit = new DescriptorLimit();
        for (int free = 0; free <= Reserved; free++)
            limit.FreeOne();
        Connect(first, listener.Address);
        Writen(first, "x"u8);
        Assert.Equal(1, Readn(first, answer));
        Connect(second, listener.Address);
        Writen(second, "y"u8);
        Assert.True(reported.TryTake(out Exception? reason, Limit.Default));
        Assert.Equal(Errno.EMFILE, Assert.IsType<UnpException>(reason).Errno);
        Assert.Contains("4 descriptors are reserved", reason.Message);
        Assert.Equal(0, Readable_timeo(second, TimeSpan.FromMilliseconds(250)));
        limit.FreeOne();
        Assert.Equal(1, Readn(second, answer));
        Assert.Empty(reported);
    }

    [Fact]
    public void Exception_of_OnRefused_is_reported_and_clients_are_served()
    {
        using var reported = new BlockingCollection<Exception>();
        var options = new EventLoopOptions { Mechanism = "select", OnException = (_, exception) => reported.Add(exception) };
        using var group = new EventLoopGroup(1, _ => options);
        var listenerOptions = new LoopListenerOptions { OnRefused = (_, reason) => throw new FormatException("no handler", reason) };
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo, listenerOptions);
        byte[] answer = new byte[1];
        using (new FullSet())
        {
            for (int i = 0; i < 2; i++)
            {
                using Fd client = Client(listener.Address);
                Assert.Equal(0, Read(client, answer));
                Assert.True(reported.TryTake(out Exception? thrown, Limit.Default));
                Assert.IsType<ArgumentOutOfRangeException>(Assert.IsType<FormatException>(thrown).InnerException);
            }
        }
        using Fd after = Client(listener.Address);
        Writen(after, "x"u8);
        Assert.Equal(1, Readn(after, answer));
        Assert.Empty(reported);
        Assert.False(listener.Completion.IsCompleted);
    }

    /// <summary>Another owner of the socket, such as a parent process, may shut it down. No later accept can succeed then.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Socket_that_was_shut_down_is_reported_and_others_serve(string mechanism)
    {
        using var reported = new BlockingCollection<Exception>();
        var options = new EventLoopOptions { Mechanism = mechanism, OnException = (_, exception) => reported.Add(exception) };
        using var group = new EventLoopGroup(2, _ => options);
        Fd[] listening = [Loopback.Listener(), Loopback.Listener()];
        SockAddr other = Getsockname(listening[1]);
        LoopListener listener = group.Serve(listening, Echo);

        Shutdown(listening[0], SHUT_RD);
        Assert.True(reported.TryTake(out Exception? ended, Limit.Default));
        UnpException failure = Assert.IsType<UnpException>(ended);
        Assert.Equal((Errno.EINVAL, "accept"), (failure.Errno, failure.Function));
        Limit.Until(() => listening[0].IsClosed, "the socket is closed");
        using (Fd client = Client(other))
        {
            Writen(client, "x"u8);
            Assert.Equal(1, Readn(client, new byte[1]));
        }
        Assert.False(listener.Completion.IsCompleted);

        Shutdown(listening[1], SHUT_RD);
        Assert.Equal(Errno.EINVAL, Assert.IsType<UnpException>(Record.Exception(listener.Completion.Within)).Errno);
        Assert.True(reported.TryTake(out ended, Limit.Default));
        Assert.Equal(Errno.EINVAL, Assert.IsType<UnpException>(ended).Errno);
        Assert.Empty(reported);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Completion_follows_disposal_or_end_of_loops(string mechanism)
    {
        foreach (bool byLoops in (bool[])[false, true])
        {
            using EventLoopGroup group = Group(mechanism, 2);
            LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo);
            Task<bool> ended = IsOnLoopAfter(listener.Completion);
            if (byLoops)
                group.Dispose();
            else
                listener.Dispose();
            Assert.False(ended.Within());
            listener.DisposeAsync().AsTask().Within();
        }

        static async Task<bool> IsOnLoopAfter(Task end)
        {
            await end.ConfigureAwait(false);
            return EventLoop.Current is not null;
        }
    }

    /// <summary>
    /// On the loop's own thread, the listener accepts within the call of Serve. The handler of the first client ends the loop of the second
    /// socket.
    /// </summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Loop_ending_at_start_of_listening_leaves_no_socket_open(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 2);
        Fd[] listening = [Loopback.Listener(), Loopback.Listener()];
        using Fd client = Loopback.Connected(listening[0]);
        LoopListener? listener = null;
        group[0].RunAsync(() =>
        {
            listener = group.Serve(listening, socket =>
            {
                group[1].Dispose();
                return SendLoopIndex(socket);
            });
            return Task.CompletedTask;
        }).Within();
        Assert.Equal(0, ReadLoopIndex(client));
        listener!.DisposeAsync().AsTask().Within();
        Assert.All(listening, fd => Assert.True(fd.IsClosed));
        listener.Completion.Within();
    }

    static EventLoopGroup Group(string? mechanism, int count) =>
        new(count, i => new EventLoopOptions { Mechanism = mechanism, Name = $"{i}" });

    /// <summary>Sends the client the index of its loop, and waits until the client closes.</summary>
    static async Task SendLoopIndex(LoopSocket socket)
    {
        await socket.SendAsync(new byte[] { byte.Parse(EventLoop.Current!.Name, System.Globalization.CultureInfo.InvariantCulture) });
        await socket.ReceiveAsync(new byte[1]);
    }

    static int ReadLoopIndex(Fd client)
    {
        byte[] answer = new byte[1];
        Assert.Equal(1, Readn(client, answer));
        return answer[0];
    }

    static Fd Client(in SockAddr address)
    {
        Fd client = Loopback.Limited(Socket(address.Family, SOCK_STREAM));
        Connect(client, address);
        return client;
    }
}
