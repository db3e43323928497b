namespace Unp.Net.Tests.Sockets;

/// <summary>Recv and its flags, without and after a read-ahead by Readline.</summary>
public class RecvTests
{
    [Fact]
    public void Available_data_is_received_and_end_is_0()
    {
        var (client, server) = Loopback.TcpPair();
        using (server)
        {
            Send(client, "data"u8);
            client.Dispose();
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal("data"u8, buffer[..Recv(server, buffer)]);
            Assert.Equal(0, Recv(server, buffer));
            Assert.Equal(0, Recv(server, buffer));
        }
    }

    [Fact]
    public void Empty_buffer_is_refused()
    {
        using Fd fd = Loopback.Datagram();
        Assert.Throws<ArgumentException>("buffer", () => Recv(fd, []));
        Assert.Throws<ArgumentException>("buffer", () => Recvfrom(fd, [], 0, out _));
    }

    [Fact]
    public void Peek_does_not_consume_data()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Send(first, "data"u8);
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal("da"u8, buffer[..Recv(second, buffer[..2], MSG_PEEK)]);
            Assert.Equal("data"u8, buffer[..Recv(second, buffer, MSG_PEEK)]);
            Assert.Equal("data"u8, buffer[..Recv(second, buffer)]);
            Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Recv(second, new byte[1], MSG_PEEK | MSG_DONTWAIT)).Errno);
        }
    }

    [Fact]
    public void Waitall_waits_until_buffer_is_full()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            byte[] buffer = new byte[8];
            Send(first, "half"u8);
            var receiver = new BlockedThread<int>(() => Recv(second, buffer, MSG_WAITALL)).WaitUntilIn("recvfrom");
            Send(first, "whole"u8);
            Assert.Equal(8, receiver.Result);
            Assert.Equal("halfwhol"u8, buffer);

            // Or until the end of the data.
            receiver = new BlockedThread<int>(() => Recv(second, buffer, MSG_WAITALL)).WaitUntilIn("recvfrom");
            Shutdown(first, SHUT_WR);
            Assert.Equal(1, receiver.Result);
        }
    }

    [Fact]
    public void Bytes_read_ahead_come_first()
    {
        var (first, second) = ReadAhead("line\nahead");
        using (first)
        using (second)
        {
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal("ah"u8, buffer[..Recv(second, buffer[..2])]);
            Assert.Equal("ead"u8, buffer[..Recv(second, buffer, MSG_PEEK)]);
            Assert.Equal("ead"u8, buffer[..Recv(second, buffer, MSG_DONTWAIT)]);
            Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Recv(second, new byte[1], MSG_DONTWAIT)).Errno);
        }
    }

    [Fact]
    public void Waitall_adds_to_bytes_read_ahead()
    {
        var (first, second) = ReadAhead("line\nahead");
        using (first)
        using (second)
        {
            byte[] buffer = new byte[8];
            var receiver = new BlockedThread<int>(() => Recv(second, buffer, MSG_WAITALL)).WaitUntilIn("recvfrom");
            Send(first, "+123"u8);
            Assert.Equal(8, receiver.Result);
            Assert.Equal("ahead+12"u8, buffer);
            Assert.Equal(1, Recv(second, buffer));
        }
    }

    [Fact]
    public void Recvfrom_keeps_order()
    {
        var (first, second) = ReadAhead("line\nahead");
        using (first)
        using (second)
        {
            Send(first, "later"u8);
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal("ahead"u8, buffer[..Recvfrom(second, buffer, 0, out SockAddr from)]);
            Assert.Equal(AF_UNSPEC, from.Family);
            Assert.Equal("later"u8, buffer[..Recvfrom(second, buffer, 0, out _)]);
        }
    }

    [Fact]
    public void Urgent_byte_is_received_apart_from_read_ahead()
    {
        var (client, server) = Loopback.TcpPair();
        using (client)
        using (server)
        {
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Recv(server, new byte[1], MSG_OOB)).Errno);

            Send(client, "line\nahead"u8);
            Assert.Equal(5, Readline(server, buffer));
            Send(client, "!"u8, MSG_OOB);
            Send(client, "after"u8);
            WaitForUrgentData(server);
            Assert.Equal("!"u8, buffer[..Recv(server, buffer, MSG_OOB)]);
            Assert.Equal("ahead"u8, buffer[..Recv(server, buffer)]);
            Assert.Equal(5, Recv(server, buffer[..5], MSG_WAITALL));
            Assert.Equal("after"u8, buffer[..5]);
        }
    }

    [Fact]
    public void Read_time_out_is_EAGAIN()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Kernel.SetTimeouts(second, microseconds: 1000);
            var late = Assert.Throws<UnpException>(() => Recv(second, new byte[1]));
            Assert.Equal((Errno.EAGAIN, System.Net.Sockets.SocketError.WouldBlock), (late.Errno, late.SocketErrorCode));
        }
    }

    static (Fd First, Fd Second) ReadAhead(string text)
    {
        var (first, second) = Loopback.UnixPair();
        Send(first, System.Text.Encoding.ASCII.GetBytes(text));
        Readline(second, new byte[80]);
        return (first, second);
    }

    static void WaitForUrgentData(Fd fd)
    {
        Span<pollfd> wait = [new pollfd { fd = Kernel.Number(fd), events = POLLPRI }];
        Assert.Equal(1, poll(wait, (int)Limit.Default.TotalMilliseconds));
    }
}
