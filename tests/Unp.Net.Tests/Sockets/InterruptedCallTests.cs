namespace Unp.Net.Tests.Sockets;

/// <summary>Blocked calls that a signal interrupts are repeated, and the caller does not notice.</summary>
public class InterruptedCallTests
{
    [Fact]
    public void Kernel_restarts_only_calls_without_time_out()
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);

        Kernel.MakeInterruptible(first);
        var ended = new BlockedThread<Errno>(() => read(first, new byte[1]) < 0 ? Errno.Last : default);
        interruption.Hit(ended, "read");
        Assert.Equal(Errno.EINTR, ended.Result);

        Kernel.SetTimeouts(first, seconds: 0);
        var restarted = new BlockedThread<nint>(() => read(first, new byte[1]));
        interruption.Hit(restarted, "read");
        restarted.WaitUntilIn("read");
        Writen(second, "x"u8);
        Assert.Equal(1, restarted.Result);
    }

    [Theory]
    [InlineData("read", "read")]
    [InlineData("readn", "read")]
    [InlineData("readline", "read")]
    [InlineData("slice", "read")]
    [InlineData("recv", "recvfrom")]
    [InlineData("recvfrom", "recvfrom")]
    public void Interrupted_read_continues(string function, string systemCall)
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.MakeInterruptible(first);
        byte[] buffer = new byte[6];
        var reader = new BlockedThread<int>(() => function switch
        {
            "read" => Read(first, buffer),
            "readn" => Readn(first, buffer),
            "readline" => Readline(first, buffer),
            "slice" => LineReader.For(first).ReadLine().Length,
            "recv" => Recv(first, buffer),
            _ => Recvfrom(first, buffer, 0, out _),
        });
        interruption.Hit(reader, systemCall);
        interruption.Hit(reader, systemCall);
        reader.WaitUntilIn(systemCall);
        Writen(second, "after\n"u8);
        Assert.Equal(6, reader.Result);
    }

    [Fact]
    public void Readn_keeps_bytes_from_before_signal()
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.MakeInterruptible(first);
        byte[] buffer = new byte[12];
        var reader = new BlockedThread<int>(() => Readn(first, buffer)).WaitUntilIn("read");
        Writen(second, "before"u8);
        Limit.Until(() => Kernel.Waiting(first) == 0, "the first piece is read");
        interruption.Hit(reader, "read");
        Writen(second, " after"u8);
        Assert.Equal(12, reader.Result);
        Assert.Equal("before after"u8, buffer);
    }

    [Theory]
    [InlineData("write", "write")]
    [InlineData("writen", "write")]
    [InlineData("send", "sendto")]
    public void Interrupted_write_continues_without_repeating_bytes(string function, string systemCall)
    {
        using var interruption = new Interruption();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.MakeInterruptible(first);
        byte[] sent = Streams.Bytes.Some(1_000_000);
        var writer = new BlockedThread<bool>(() =>
        {
            if (function == "write")
                Write(first, sent);
            else if (function == "writen")
                Writen(first, sent);
            else
                Send(first, sent);
            first.Dispose();
            return true;
        });
        interruption.Hit(writer, systemCall);
        interruption.Hit(writer, systemCall);
        byte[] received = new byte[sent.Length + 1];
        Assert.Equal(sent.Length, Readn(second, received));
        Assert.Equal(sent, received.AsSpan(0, sent.Length));
        Assert.True(writer.Result);
    }

    [Fact]
    public void Datagram_that_waits_for_space_is_sent_once()
    {
        using var interruption = new Interruption();
        using var directory = new TempDirectory();
        using Fd receiver = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        SockAddr address = SockAddr.Unix(directory["socket"]);
        Bind(receiver, address);
        using Fd sender = Socket(AF_UNIX, SOCK_DGRAM);

        Kernel.SetNonBlocking(sender);
        int queued = 0;
        while (sendto(sender, "full"u8, 0, address) > 0)
            queued++;
        Fcntl(sender, F_SETFL, 0);
        Kernel.MakeInterruptible(sender);

        var waiting = new BlockedThread<bool>(() =>
        {
            Sendto(sender, "last"u8, 0, address);
            return true;
        });
        interruption.Hit(waiting, "sendto");
        interruption.Hit(waiting, "sendto");
        byte[] datagram = new byte[80];
        for (int i = 0; i < queued; i++)
            Assert.Equal("full"u8, datagram.AsSpan(0, Recv(receiver, datagram)));
        Assert.Equal("last"u8, datagram.AsSpan(0, Recv(receiver, datagram)));
        Assert.True(waiting.Result);
        Assert.Equal(0, Kernel.Waiting(receiver));
    }

    [Fact]
    public void Interrupted_accept_continues()
    {
        using var interruption = new Interruption();
        using Fd listenfd = Loopback.Listener();
        Kernel.MakeInterruptible(listenfd);
        var ended = new BlockedThread<Errno>(() => accept4(listenfd, out _, 0) < 0 ? Errno.Last : default);
        interruption.Hit(ended, "accept4");
        Assert.Equal(Errno.EINTR, ended.Result);

        var acceptor = new BlockedThread<Fd>(() => Accept(listenfd));
        interruption.Hit(acceptor, "accept4");
        interruption.Hit(acceptor, "accept4");
        acceptor.WaitUntilIn("accept4");
        using Fd client = Loopback.Connected(listenfd);
        using Fd server = acceptor.Result;
        Assert.Equal(Getsockname(client), Getpeername(server));
    }
}
