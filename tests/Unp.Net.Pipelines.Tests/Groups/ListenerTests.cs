using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines.Tests.Groups;

/// <summary>Groups that serve sockets which listen already, how the listening ends, and clients that cannot be served.</summary>
public class ListenerTests : LoopSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Connections_of_one_socket_are_dealt_out_in_turn(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 3);
        Fd listening = Loopback.Listener();
        LoopListener listener = group.Serve((SafeHandle[])[listening], TellLoop);
        Assert.Equal(Getsockname(listening), listener.Address);
        var clients = new List<Fd>();
        for (int i = 0; i < 9; i++)
            clients.Add(Client(listener.Address));
        Assert.Equal([3, 3, 3], clients.Select(Told).GroupBy(told => told).Select(loop => loop.Count()));
        clients.ForEach(client => client.Dispose());
        listener.DisposeAsync().AsTask().Within();
        Assert.True(listening.IsClosed);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Each_of_several_sockets_has_its_loop(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 3);
        Fd[] listening = [Loopback.Listener(), Loopback.Listener(), Loopback.Listener()];
        SockAddr[] addresses = [.. listening.Select(fd => Getsockname(fd))];
        LoopListener listener = group.Serve(listening, TellLoop);
        for (int i = 0; i < 9; i++)
        {
            using Fd client = Client(addresses[i % 3]);
            Assert.Equal(i % 3, Told(client));
        }
        listener.DisposeAsync().AsTask().Within();
        Assert.All(listening, fd => Assert.True(fd.IsClosed));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void A_socket_that_stays_the_callers_is_as_it_was_when_the_listening_has_ended(bool wasBlocking)
    {
        using EventLoopGroup group = Group(null, 2);
        using Fd listening = Loopback.Listener();
        Set_nonblock(listening, !wasBlocking);
        LoopListener listener = group.Serve((SafeHandle[])[listening], TellLoop, leaveOpen: true);
        using (Fd client = Client(listener.Address))
            Assert.Equal(0, Told(client));
        listener.DisposeAsync().AsTask().Within();
        Assert.False(listening.IsClosed);
        Assert.Equal(wasBlocking, Set_nonblock(listening) == false);

        using Fd later = Client(listener.Address);
        Loopback.WaitUntilReadable(listening);
        Accept(listening).Dispose();
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Sockets_that_cannot_be_served_are_refused(bool leaveOpen)
    {
        using EventLoopGroup group = Group(null, 2);
        Fd[] three = [Loopback.Listener(), Loopback.Listener(), Loopback.Listener()];
        string told = Assert.Throws<ArgumentException>("listening", () => group.Serve(three, TellLoop, leaveOpen)).Message;
        Assert.StartsWith("The number of sockets is 3. Pass one socket, or one per loop (2).", told, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("listening", () => group.Serve([], TellLoop, leaveOpen));

        Pipe(out Fd noSocket, out Fd other);
        Assert.Equal(Errno.ENOTSOCK, Assert.Throws<UnpException>(() => group.Serve((SafeHandle[])[noSocket], TellLoop, leaveOpen)).Errno);

        // The first is on its loop already when the second turns out to be closed.
        Fd[] one = [Loopback.Listener(), Loopback.Listener()];
        one[1].Dispose();
        Assert.Throws<ObjectDisposedException>(() => group.Serve(one, TellLoop, leaveOpen));
        Limit.Until(() => group[0].SocketCount == 0, "no loop has one");
        foreach (Fd fd in (Fd[])[.. three, noSocket, one[0]])
        {
            Assert.Equal(!leaveOpen, fd.IsClosed);
            fd.Dispose();
        }
        other.Dispose();
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void When_the_listening_has_ended_nobody_gets_in_and_nobody_is_thrown_out(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 2);
        foreach (bool reusePort in (bool[])[false, true])
        {
            LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo, reusePort);
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
            Limit.Until(() => group.All(loop => loop.SocketCount == 0), "all have gone");

            void Ask(Fd client)
            {
                Writen(client, "what"u8);
                Assert.Equal(4, Readn(client, answer));
                Assert.Equal("what"u8, answer);
            }
        }
    }

    /// <summary>C corrupts its stack there.</summary>
    [Fact]
    public void Select_refuses_those_that_do_not_fit_and_tells_of_each()
    {
        const int Refused = 30;
        using EventLoopGroup group = Group("select", 2);
        using var told = new BlockingCollection<Exception>();
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo, reusePort: false);
        listener.OnRefused = (sender, reason) =>
        {
            Assert.Same(listener, sender);
            told.Add(reason);
        };
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
                Assert.True(told.TryTake(out Exception? reason, Limit.Default));
                Assert.Matches(@"^fd \d{4} does not fit into a set of 1024$", Assert.IsType<ArgumentOutOfRangeException>(reason).Message);
            }
        }
        using Fd after = Client(listener.Address);
        foreach (Fd client in (Fd[])[before, after])
        {
            Writen(client, "2"u8);
            Assert.Equal(1, Readn(client, answer));
        }
        Assert.Empty(told);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void A_loop_that_has_ended_is_left_out_and_the_others_go_on(string mechanism)
    {
        using EventLoopGroup group = Group(mechanism, 3);
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), TellLoop, reusePort: false);
        Fd[] clients = [Client(listener.Address), Client(listener.Address)];
        Assert.Equal([0, 1], clients.Select(Told));

        // The third, which is the next one's: that connection is lost with it.
        group[2].Dispose();
        byte[] answer = new byte[1];
        using (Fd lost = Client(listener.Address))
            Assert.Equal(0, Read(lost, answer));
        for (int i = 0; i < 10; i++)
        {
            using Fd client = Client(listener.Address);
            Assert.InRange(Told(client), 0, 1);
        }
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public void Without_a_free_descriptor_that_is_told_once_and_clients_wait_until_there_is_one()
    {
        using EventLoopGroup group = Group(null, 1);
        using var told = new BlockingCollection<Exception>();
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo);
        listener.OnRefused = (_, reason) => told.Add(reason);
        byte[] answer = new byte[1];
        for (int round = 0; round < 2; round++)
        {
            using (Fd warm = Client(listener.Address))
            {
                Writen(warm, "x"u8);
                Assert.Equal(1, Readn(warm, answer));
            }
            Limit.Until(() => group[0].SocketCount == 1, "the first client is gone");
            using Fd client = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
            Exception? reason;
            using (new DescriptorLimit())
            {
                Connect(client, listener.Address);
                Writen(client, "y"u8);
                Assert.True(told.TryTake(out reason, Limit.Default));
                Assert.Equal(0, Readable_timeo(client, TimeSpan.FromMilliseconds(250))); // it was tried again meanwhile
            }
            Assert.Equal(Errno.EMFILE, Assert.IsType<UnpException>(reason).Errno);
            Assert.Equal(1, Readn(client, answer));
            Assert.Empty(told);
        }
    }

    [Fact]
    public void Client_waits_while_its_descriptor_would_be_one_of_the_reserve()
    {
        const int Reserved = 4;
        using EventLoopGroup group = Group(null, 1);
        using var told = new BlockingCollection<Exception>();
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo);
        listener.OnRefused = (_, reason) => told.Add(reason);
        listener.ReservedDescriptors = Reserved;
        byte[] answer = new byte[1];
        using Fd warm = Client(listener.Address);
        using Fd first = Loopback.Limited(Socket(AF_INET, SOCK_STREAM)), second = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
        Writen(warm, "x"u8);
        Assert.Equal(1, Readn(warm, answer));
        using var limit = new DescriptorLimit();
        for (int free = 0; free <= Reserved; free++)
            limit.FreeOne();
        Connect(first, listener.Address);
        Writen(first, "x"u8);
        Assert.Equal(1, Readn(first, answer));
        Connect(second, listener.Address);
        Writen(second, "y"u8);
        Assert.True(told.TryTake(out Exception? reason, Limit.Default));
        Assert.Equal(Errno.EMFILE, Assert.IsType<UnpException>(reason).Errno);
        Assert.Contains("4 descriptors are reserved", reason.Message);
        Assert.Equal(0, Readable_timeo(second, TimeSpan.FromMilliseconds(250)));
        limit.FreeOne();
        Assert.Equal(1, Readn(second, answer));
        Assert.Empty(told);
        Assert.Throws<ArgumentOutOfRangeException>(() => listener.ReservedDescriptors = -1);
    }

    [Fact]
    public void A_handler_of_refusals_that_throws_is_told_itself_and_the_others_are_served()
    {
        using var told = new BlockingCollection<Exception>();
        using var group = new EventLoopGroup(1, _ => new EventLoopOptions { Mechanism = "select", OnException = (_, exception) => told.Add(exception) });
        LoopListener listener = group.Serve(SockAddr.Loopback(AF_INET), Echo);
        listener.OnRefused = (_, reason) => throw new FormatException("no handler", reason);
        byte[] answer = new byte[1];
        using (new FullSet())
        {
            for (int i = 0; i < 2; i++)
            {
                using Fd client = Client(listener.Address);
                Assert.Equal(0, Read(client, answer));
                Assert.True(told.TryTake(out Exception? thrown, Limit.Default));
                Assert.IsType<ArgumentOutOfRangeException>(Assert.IsType<FormatException>(thrown).InnerException);
            }
        }
        using Fd after = Client(listener.Address);
        Writen(after, "x"u8);
        Assert.Equal(1, Readn(after, answer));
        Assert.Empty(told);
        Assert.False(listener.Completion.IsCompleted);
    }

    /// <summary>Somebody else who has the socket, a parent perhaps, has shut it down: that no later call mends.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void A_socket_that_listens_no_more_is_told_and_the_others_go_on(string mechanism)
    {
        using var told = new BlockingCollection<Exception>();
        using var group = new EventLoopGroup(2, _ => new EventLoopOptions { Mechanism = mechanism, OnException = (_, exception) => told.Add(exception) });
        Fd[] listening = [Loopback.Listener(), Loopback.Listener()];
        SockAddr other = Getsockname(listening[1]);
        LoopListener listener = group.Serve(listening, Echo);

        Shutdown(listening[0], SHUT_RD);
        Assert.True(told.TryTake(out Exception? ended, Limit.Default));
        UnpException failure = Assert.IsType<UnpException>(ended);
        Assert.Equal((Errno.EINVAL, "accept"), (failure.Errno, failure.Function));
        Limit.Until(() => listening[0].IsClosed, "it is closed");
        using (Fd client = Client(other))
        {
            Writen(client, "x"u8);
            Assert.Equal(1, Readn(client, new byte[1]));
        }
        Assert.False(listener.Completion.IsCompleted);

        Shutdown(listening[1], SHUT_RD);
        Assert.Equal(Errno.EINVAL, Assert.IsType<UnpException>(Record.Exception(listener.Completion.Within)).Errno);
        Assert.True(told.TryTake(out ended, Limit.Default));
        Assert.Equal(Errno.EINVAL, Assert.IsType<UnpException>(ended).Errno);
        Assert.Empty(told);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void It_is_complete_when_it_is_disposed_or_its_loops_have_ended(string mechanism)
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

    /// <summary>On its own loop it begins to accept at once, and what serves the first client ends the loop of the second socket.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void A_loop_that_ends_as_the_listening_begins_leaves_nothing_open(string mechanism)
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
                return TellLoop(socket);
            });
            return Task.CompletedTask;
        }).Within();
        Assert.Equal(0, Told(client));
        listener!.DisposeAsync().AsTask().Within();
        Assert.All(listening, fd => Assert.True(fd.IsClosed));
        listener.Completion.Within();
    }

    static EventLoopGroup Group(string? mechanism, int count) => new(count, i => new EventLoopOptions { Mechanism = mechanism, Name = $"{i}" });

    /// <summary>Tells the client which loop it has got, and waits for its end.</summary>
    static async Task TellLoop(LoopSocket socket)
    {
        await socket.SendAsync(new byte[] { byte.Parse(EventLoop.Current!.Name, System.Globalization.CultureInfo.InvariantCulture) });
        await socket.ReceiveAsync(new byte[1]);
    }

    static int Told(Fd client)
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
