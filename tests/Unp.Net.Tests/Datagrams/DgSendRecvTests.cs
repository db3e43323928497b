using System.Runtime.InteropServices;
using System.Text;
using Unp.Net.Tests.Signals;

namespace Unp.Net.Tests.Datagrams;

/// <summary>Tests reliable UDP with a clock that only the test advances.</summary>
public class DgSendRecvTests
{
    readonly ManualTime time = new();

    public static TheoryData<int, bool> Sockets =>
        new(from family in (int[])[AF_INET, AF_INET6, AF_UNIX] from isConnected in (bool[])[false, true] select (family, isConnected));

    [Theory]
    [MemberData(nameof(Sockets))]
    public void Any_datagram_socket_exchanges_requests(int family, bool isConnected)
    {
        using var directory = new TempDirectory();
        using Fd server = Bound("server"), client = Bound("client");
        SockAddr address = Getsockname(server);
        if (isConnected)
            Connect(client, address);
        using var exchange = new DgExchange(time);
        foreach (string request in (string[])["one", "", new string('x', 2000)])
        {
            byte[] answer = new byte[3000];
            var call = new BlockedThread<int>(() => Dg_send_recv(
                client, Encoding.Latin1.GetBytes(request), answer, exchange, isConnected ? default : address));
            Datagram received = Datagram.From(server);
            Assert.Equal(request, received.Text);
            received.Echo();
            Assert.Equal(request, Encoding.Latin1.GetString(answer, 0, call.Result));
        }
        Assert.Equal((3u, 0L, 0L), (exchange.SequenceNumber, exchange.RetransmitCount, exchange.ForeignCount));

        Fd Bound(string name)
        {
            if (family != AF_UNIX)
                return Loopback.Datagram(family);
            Fd fd = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
            Bind(fd, SockAddr.Unix(directory[name]));
            return fd;
        }
    }

    [Fact]
    public void Request_without_answer_is_sent_four_times_then_fails()
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        using var exchange = new DgExchange(time);
        var call = new BlockedThread<int>(() => Dg_send_recv(client, "lost"u8, new byte[10], exchange, address));
        uint stamp = 0;
        foreach (int rto in (int[])[3, 6, 12, 24])
        {
            Datagram received = Datagram.From(server);
            Assert.Equal((1u, stamp, "lost"), (received.Sequence, received.Stamp, received.Text));
            call.WaitUntilIn("poll");
            time.Advance(TimeSpan.FromSeconds(rto) - TimeSpan.FromMilliseconds(1));
            Assert.True(IsEmpty(server));
            call.WaitUntilIn("poll");
            time.Advance(TimeSpan.FromMilliseconds(1));
            stamp += (uint)rto * 1000;
        }
        UnpException failure = Assert.Throws<UnpException>(() => call.Result);
        Assert.Equal((Errno.ETIMEDOUT, $"dg_send_recv error: Connection timed out ({address})"), (failure.Errno, failure.Message));
        Assert.True(IsEmpty(server));
        Assert.Equal((3L, 3f), (exchange.RetransmitCount, exchange.Rtt.Rto)); // the next request begins again
    }

    /// <summary>Without the time stamp both answers would be ambiguous (Karn).</summary>
    [Theory]
    [InlineData(0, 3.5f)]
    [InlineData(1, 0.5f)]
    public void Time_stamp_identifies_answered_transmission(int answered, float rtt)
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        using var exchange = new DgExchange(time);
        var call = new BlockedThread<int>(() => Dg_send_recv(client, "x"u8, new byte[10], exchange, address));
        Datagram[] received = new Datagram[2];
        received[0] = Datagram.From(server);
        call.WaitUntilIn("poll");
        time.Advance(TimeSpan.FromSeconds(3));
        received[1] = Datagram.From(server);
        call.WaitUntilIn("poll");
        time.Advance(TimeSpan.FromSeconds(0.5));
        received[answered].Echo();
        Assert.Equal(1, call.Result);
        Assert.Equal(rtt, exchange.Rtt.Rtt);
    }

    [Fact]
    public void Duplicates_late_and_foreign_answers_are_counted_and_ignored()
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram(), stranger = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        using var exchange = new DgExchange(time, maxRetransmits: 0);

        BlockedThread<int> Request() => new(() => dg_send_recv(client, "x"u8, new byte[10], exchange, address));

        BlockedThread<int> call = Request();
        Datagram failed = Datagram.From(server);
        call.WaitUntilIn("poll");
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(-1, call.Result);

        call = Request();
        Datagram second = Datagram.From(server);
        second.Echo();
        Assert.Equal(1, call.Result);

        call = Request();
        Datagram third = Datagram.From(server);
        failed.Echo(); // late
        failed.Echo(); // a duplicate of the late one
        second.Echo(); // a duplicate
        (third with { Socket = stranger }).Echo();
        (third with { Sequence = third.Sequence + 1 }).Echo();
        (third with { Stamp = third.Stamp + 1 }).Echo();
        (third with { Stamp = third.Stamp - 1 }).Echo();
        Sendto(server, "7 bytes"u8, 0, third.Client);
        Assert.False(call.Ended);
        third.Echo();
        Assert.Equal(1, call.Result);
        Assert.Equal((1L, 2L, 5L), (exchange.LateCount, exchange.DuplicateCount, exchange.ForeignCount));
    }

    [Fact]
    public void Sequence_number_wraps()
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        using var exchange = new DgExchange(time) { SequenceNumber = uint.MaxValue - 2 };
        Datagram? before = null;
        foreach (uint number in (uint[])[uint.MaxValue - 1, uint.MaxValue, 0, 1])
        {
            var call = new BlockedThread<int>(() => Dg_send_recv(client, "x"u8, new byte[10], exchange, address));
            Datagram received = Datagram.From(server);
            Assert.Equal(number, received.Sequence);
            before?.Echo();
            received.Echo();
            Assert.Equal(1, call.Result);
            before = received;
        }
        Assert.Equal((3L, 0L), (exchange.DuplicateCount, exchange.ForeignCount));
    }

    /// <summary>The flood never leaves the socket without a datagram.</summary>
    [Fact]
    public void Flood_of_foreign_datagrams_delays_no_retransmission()
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram(), stranger = Loopback.Datagram();
        SockAddr address = Getsockname(server), victim = Getsockname(client);
        using var exchange = new DgExchange(time);
        var call = new BlockedThread<int>(() => Dg_send_recv(client, "x"u8, new byte[10], exchange, address));
        Datagram.From(server);
        using var over = new ManualResetEventSlim();
        var flood = new BlockedThread<bool>(() =>
        {
            while (!over.IsSet)
                Sendto(stranger, "a datagram of nobody"u8, 0, victim);
            return true;
        });
        try
        {
            Limit.Until(() => exchange.ForeignCount > 1000, "the flood arrives");
            Assert.True(IsEmpty(server));
            time.Advance(TimeSpan.FromSeconds(3));
            Datagram retransmission = Datagram.From(server);
            Limit.Until(
                () =>
                {
                    retransmission.Echo(); // again, because the kernel drops the echo if the flood has filled the client's buffer
                    return call.Ended;
                },
                "an echo arrives");
            Assert.Equal(1, call.Result);
        }
        finally
        {
            over.Set();
        }
        Assert.True(flood.Result);
    }

    [Fact]
    public void Connected_socket_reports_missing_server()
    {
        using Fd client = Loopback.Datagram();
        using (Fd gone = Loopback.Datagram())
            Connect(client, Getsockname(gone));
        using var exchange = new DgExchange();
        Assert.Equal(
            Errno.ECONNREFUSED, Assert.Throws<UnpException>(() => Dg_send_recv(client, "x"u8, new byte[10], exchange)).Errno);
    }

    [Fact]
    public void Kernel_errors_are_reported_at_once()
    {
        using Fd client = Loopback.Datagram();
        SockAddr address = Getsockname(client);
        using var exchange = new DgExchange();
        Assert.Equal(Errno.EDESTADDRREQ, Thrown("x"u8, default).Errno);
        Assert.Equal(Errno.EMSGSIZE, Thrown(new byte[65_500], address).Errno);
        exchange.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Dg_send_recv(client, "x"u8, new byte[10], exchange, address));

        UnpException Thrown(ReadOnlySpan<byte> request, in SockAddr to)
        {
            try
            {
                Dg_send_recv(client, request, new byte[10], exchange, to);
            }
            catch (UnpException e)
            {
                return e;
            }
            throw new InvalidOperationException("The call has not failed.");
        }
    }

    [Fact]
    public void Signal_and_long_answer_do_no_harm()
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        var caught = new Caught();
        using IDisposable registration = Signal_intr(SIGUSR1, caught.Add);
        using var exchange = new DgExchange(); // the system's clock
        byte[] answer = new byte[4];
        var call = new BlockedThread<int>(() => Dg_send_recv(client, "longer than 4"u8, answer, exchange, address));
        Datagram received = Datagram.From(server);
        call.WaitUntilIn("poll").Kill(SIGUSR1);
        Assert.Equal(SIGUSR1, caught.Next());
        call.WaitUntilIn("poll");
        received.Echo();
        Assert.Equal(4, call.Result);
        Assert.Equal("long"u8, answer);
    }

    [Fact]
    public void Exchange_allocates_nothing()
    {
        using Fd server = Loopback.Datagram(), client = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        var echo = new BlockedThread<bool>(() =>
        {
            Span<byte> buffer = stackalloc byte[100];
            int n;
            while ((n = Recvfrom(server, buffer, 0, out SockAddr from)) > 0)
                Sendto(server, buffer[..n], 0, from);
            return true;
        });
        using (var exchange = new DgExchange())
        {
            byte[] answer = new byte[10];
            AllocationCheck.AssertFree("dg_send_recv", () => dg_send_recv(client, "request"u8, answer, exchange, address));
        }
        Sendto(client, [], 0, address);
        Assert.True(echo.Result);
    }

    static bool IsEmpty(Fd fd) => recv(fd, new byte[1], MSG_DONTWAIT | MSG_PEEK) < 0 && Errno.Last == Errno.EAGAIN;

    /// <summary>A request as the server has received it.</summary>
    sealed record Datagram(Fd Socket, SockAddr Client, uint Sequence, uint Stamp, string Text)
    {
        public static Datagram From(Fd server)
        {
            byte[] bytes = new byte[3000];
            int n = Recvfrom(server, bytes, 0, out SockAddr client);
            return new(
                server, client, MemoryMarshal.Read<uint>(bytes), MemoryMarshal.Read<uint>(bytes.AsSpan(4)),
                Encoding.Latin1.GetString(bytes, 8, n - 8));
        }

        public void Echo()
        {
            byte[] text = Encoding.Latin1.GetBytes(Text);
            Sendto(Socket, [.. BitConverter.GetBytes(Sequence), .. BitConverter.GetBytes(Stamp), .. text], 0, Client);
        }
    }
}
