namespace Unp.Net.Tests.Sockets;

/// <summary>Send to a receiver that is slower, or that has disappeared.</summary>
public class SendTests
{
    public static TheoryData<string> Kinds => ["TCP", "unix"];

    static (Fd, Fd) Pair(string kind) => kind == "TCP" ? Loopback.TcpPair() : Loopback.UnixPair();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ten_megabytes_arrive_whole_at_slow_reader(string kind)
    {
        var (client, server) = Pair(kind);
        using (client)
        using (server)
        {
            byte[] data = new byte[10_000_000];
            new Random(1).NextBytes(data);
            var sender = new BlockedThread<bool>(() =>
            {
                Send(client, data);
                return true;
            }).WaitUntilIn("sendto");

            byte[] received = new byte[data.Length];
            for (int n = 0; n < received.Length;)
                n += Recv(server, received.AsSpan(n, Math.Min(received.Length - n, 50_000)));
            Assert.True(sender.Result);
            Assert.True(data.AsSpan().SequenceEqual(received));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Full_non_blocking_socket_reports_bytes_sent(string kind)
    {
        var (client, server) = Pair(kind);
        using (client)
        using (server)
        {
            Kernel.SetNonBlocking(client);
            byte[] data = new byte[50_000_000];
            new Random(2).NextBytes(data);
            var full = Assert.Throws<UnpException>(() => Send(client, data));
            Assert.Equal((Errno.EAGAIN, $"send error: Resource temporarily unavailable ({client})"), (full.Errno, full.Message));
            Assert.InRange(full.BytesTransferred, 1, data.Length - 1);

            Shutdown(client, SHUT_WR);
            byte[] received = new byte[data.Length];
            int n = Limit.Run(() => Readn(server, received));
            Assert.Equal(full.BytesTransferred, n);
            Assert.True(data.AsSpan(0, n).SequenceEqual(received.AsSpan(0, n)));
        }
    }

    [Fact]
    public void Single_call_can_be_non_blocking()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            var full = Assert.Throws<UnpException>(() => Send(first, new byte[50_000_000], MSG_DONTWAIT));
            Assert.Equal(Errno.EAGAIN, full.Errno);
            Assert.InRange(full.BytesTransferred, 1, 50_000_000);
            Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Recv(first, new byte[1], MSG_DONTWAIT)).Errno);
        }
    }

    [Fact]
    public void Reset_during_send_is_error()
    {
        var (client, server) = Loopback.TcpPair();
        using (client)
        {
            var sender = new BlockedThread<bool>(() =>
            {
                Send(client, new byte[50_000_000]);
                return true;
            }).WaitUntilIn("sendto");
            server.Dispose(); // TCP sends a reset, because data is unread
            var reset = Assert.Throws<UnpException>(() => sender.Result);
            Assert.Contains(reset.Errno, (Errno[])[Errno.ECONNRESET, Errno.EPIPE]);
            Assert.InRange(reset.BytesTransferred, 1, 50_000_000);
        }
    }

    [Fact]
    public void Empty_buffer_sends_only_empty_datagram()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Send(first, []);
            Assert.Equal(0, Kernel.Waiting(second));
        }
        using Fd receiver = Loopback.Datagram();
        using Fd sender = Loopback.Datagram();
        Connect(sender, Getsockname(receiver));
        Send(sender, []);
        Loopback.WaitUntilReadable(receiver);
        Assert.Equal(0, Recv(receiver, new byte[1]));
    }

    [Fact]
    public void Send_on_unconnected_socket_is_error()
    {
        using Fd fd = Socket(AF_INET, SOCK_DGRAM);
        Assert.Equal($"send error: Destination address required ({fd})", Assert.Throws<UnpException>(() => Send(fd, "x"u8)).Message);
    }
}
