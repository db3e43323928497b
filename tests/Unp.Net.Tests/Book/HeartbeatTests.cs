namespace Unp.Net.Tests.Book;

public class HeartbeatTests
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Heartbeats_of_both_ends_do_not_disturb_data()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using Heartbeat serving = Heartbeat_serv(server, Interval, 500);
        using Heartbeat asking = Heartbeat_cli(client, Interval, 500);
        byte[] line = new byte[5];
        Limit.Until(
            () =>
            {
                Writen(client, "data\n"u8);
                Assert.Equal(5, Readn(server, line));
                Assert.Equal("data\n"u8, line);
                return asking.ReceivedCount >= 5 && serving.ReceivedCount >= 5;
            },
            "five heartbeats came each way");
        Assert.False(asking.IsPeerSilent || serving.IsPeerSilent);
    }

    [Fact]
    public void Blocked_readers_lose_no_heartbeat()
    {
        // A blocked read makes the kernel skip the byte, which MSG_OOB then no longer finds.
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        var clientReader = new BlockedThread<int>(() => Read(client, new byte[1]));
        var serverReader = new BlockedThread<int>(() => Read(server, new byte[1]));
        using Heartbeat serving = Heartbeat_serv(server, Interval, 500);
        using Heartbeat asking = Heartbeat_cli(client, Interval, 500);
        for (int i = 1; i <= 20; i++)
        {
            long came = asking.ReceivedCount;
            Limit.Until(() => asking.ReceivedCount > came, "the next answer");
        }
        Assert.InRange(serving.ReceivedCount, 20, long.MaxValue);
        Assert.False(clientReader.Ended || serverReader.Ended);
        Shutdown(client, SHUT_RDWR);
        Assert.Equal((0, 0), (clientReader.Result, serverReader.Result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Silent_peer_is_shut_down_and_blocked_reader_wakes(bool isClient)
    {
        using var pair = StreamPair.Tcp(out Fd client, out _);
        using Heartbeat heart = isClient ? Heartbeat_cli(client, Interval, 2) : Heartbeat_serv(client, Interval, 2);
        var reader = new BlockedThread<int>(() => Read(client, new byte[1]));
        Assert.Equal(0, reader.Result);
        Assert.True(heart.IsPeerSilent);
        Assert.Equal(0, heart.ReceivedCount);
    }

    [Fact]
    public void Concurrent_close_stops_heartbeat_or_prevents_start()
    {
        for (int i = 0; i < 200; i++)
        {
            using var pair = StreamPair.Tcp(out Fd client, out _);
            int wait = i * 50;
            var closer = new BlockedThread<bool>(() =>
            {
                Thread.SpinWait(wait);
                client.Dispose();
                return true;
            });
            try
            {
                Heartbeat_cli(client, Interval, 2).Dispose();
            }
            catch (ObjectDisposedException)
            {
            }
            Assert.True(closer.Result);
        }
    }

    [Fact]
    public void Silence_callback_runs_once_and_connection_stays_open()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        int reports = 0;
        using Heartbeat heart = Heartbeat_cli(client, Interval, 1, () => Interlocked.Increment(ref reports));
        Limit.Until(() => Volatile.Read(ref reports) == 1, "the silence was reported");
        Assert.True(heart.IsPeerSilent);
        Writen(client, "still"u8);
        Assert.Equal(5, Readn(server, new byte[5]));
    }

    [Fact]
    public void Heartbeat_can_be_disposed_in_silence_callback()
    {
        using var pair = StreamPair.Tcp(out Fd client, out _);
        Heartbeat? heart = null;
        bool stopped = false;
        heart = Heartbeat_serv(client, Interval, 1, () =>
        {
            Limit.Until(() => Volatile.Read(ref heart) is not null, "the heart is known");
            heart!.Dispose();
            Volatile.Write(ref stopped, true);
        });
        Limit.Until(() => Volatile.Read(ref stopped), "it has stopped itself");
        heart.Dispose();
    }

    [Fact]
    public void Disposed_heartbeat_stops_at_once()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Heartbeat heart = Heartbeat_cli(client, TimeSpan.FromDays(1), 1);
        Limit.Run(heart.Dispose);
        heart.Dispose();
        Assert.False(heart.IsPeerSilent);
        Writen(client, "on"u8);
        Assert.Equal(2, Readn(server, new byte[2]));
    }

    [Fact]
    public void Heartbeat_of_reset_connection_stops_silently()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using Heartbeat heart = Heartbeat_cli(client, Interval, 100);
        Setsockopt(server, SocketOptions.Linger, TimeSpan.Zero);
        server.Dispose();
        Assert.Equal(Errno.ECONNRESET, Assert.Throws<UnpException>(() => Read(client, new byte[1])).Errno);
        Limit.Run(heart.Dispose);
        Assert.False(heart.IsPeerSilent);
    }

    [Fact]
    public void Invalid_heartbeats_are_refused()
    {
        using var pair = StreamPair.Tcp(out Fd client, out _);
        Assert.Throws<ArgumentOutOfRangeException>("interval", () => Heartbeat_cli(client, TimeSpan.Zero, 1));
        Assert.Throws<ArgumentOutOfRangeException>("maxnalarms", () => Heartbeat_serv(client, Interval, 0));
        Setsockopt(client, SocketOptions.OobInline, true);
        Assert.Throws<ArgumentException>("fd", () => heartbeat_cli(client, Interval, 1));
        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        {
            Assert.Null(heartbeat_serv(reader, Interval, 1));
            Assert.Equal(Errno.ENOTSOCK, Errno.Last);
            Assert.Null(heartbeat_cli(reader, Interval, 1));
            Assert.Equal(Errno.ENOTSOCK, Errno.Last);
        }
    }
}
