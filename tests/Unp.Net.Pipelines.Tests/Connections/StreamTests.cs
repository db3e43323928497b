using System.Net.Sockets;

namespace Unp.Net.Pipelines.Tests.Connections;

/// <summary>Compares LoopStream with NetworkStream.</summary>
public class StreamTests : LoopSuite
{
    /// <summary>The behaviours that differ, with the reasons.</summary>
    static readonly Dictionary<string, (string Ours, string Reason)> Differences = new()
    {
        ["Dispose while a read waits"] =
            ("IOException(ObjectDisposedException)", "NetworkStream's inner exception is OperationAborted, which no call has reported."),
        ["EndRead of a foreign task"] =
            ("ArgumentException(asyncResult)", "A wrong argument is an error of the caller and not of the network."),
        ["EndWrite of a foreign task"] = ("ArgumentException(asyncResult)", "The same as for EndRead."),
        ["ReadAsync cancelled while it waits"] =
            ("(OperationCanceledException, True, 1, 1)", "The task of a cancelled read is cancelled and not faulted."),
        ["Second read after a reset"] =
            ("IOException(SocketException(ConnectionReset))", "A lost connection must not look like an orderly end to the second reader."),
        ["Two reads at the same time"] =
            ("(1, InvalidOperationException)", "A LoopSocket has one reader, whose operation is reused without an allocation."),
    };

    public static TheoryData<string> Names => [.. StreamBehaviours.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Behaviour_is_that_of_NetworkStream(string name)
    {
        string expected = Outcome(name, fd => new NetworkStream(new Socket(fd.ToSocketHandle()), ownsSocket: true));
        using var loop = new EventLoop();
        string actual = Outcome(name, fd => new LoopStream(new LoopSocket(loop, fd)));
        loop.RunAsync(() => Turns(loop)).Within();
        if (Differences.TryGetValue(name, out var difference))
        {
            Assert.Equal(difference.Ours, actual);
            Assert.NotEqual(expected, actual);
        }
        else
        {
            Assert.Equal(expected, actual);
        }
        Assert.Equal(0, loop.SocketCount);
    }

    [Fact]
    public void Synchronous_call_on_loop_thread_is_refused() => OnLoop((string?)null, async loop =>
    {
        var (first, second) = Pair(loop);
        using (second)
        {
            await using var stream = new LoopStream(first);
            Assert.Throws<InvalidOperationException>(() => stream.Read(new byte[1], 0, 1));
            Assert.Throws<InvalidOperationException>(() => stream.Write(new byte[1], 0, 1));
            await stream.WriteAsync("x"u8.ToArray());
            Assert.Equal(1, await second.ReceiveAsync(new byte[1]));
        }
    });

    [Fact]
    public void Socket_that_stays_open_serves_after_stream() => OnLoop((string?)null, async loop =>
    {
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            var stream = new LoopStream(first, leaveOpen: true);
            await stream.DisposeAsync();
            Assert.False(stream.CanRead);
            Assert.Throws<ObjectDisposedException>(() => { _ = stream.ReadAsync(new byte[1]); });
            await first.SendAsync("x"u8.ToArray());
            Assert.Equal(1, await second.ReceiveAsync(new byte[1]));
        }
    });

    static string Outcome(string name, Func<Fd, Stream> open)
    {
        var (client, server) = Loopback.TcpPair();
        using (server)
        using (Stream stream = open(client))
            return StreamBehaviours.Of(() => StreamBehaviours.All[name](stream, server)).Within();
    }
}
