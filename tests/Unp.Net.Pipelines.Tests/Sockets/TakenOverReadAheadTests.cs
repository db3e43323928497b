using System.Runtime.InteropServices;

namespace Unp.Net.Pipelines.Tests.Sockets;

/// <summary>Bytes in the read-ahead buffer of a descriptor are not lost when a loop takes the descriptor over.</summary>
public class TakenOverReadAheadTests : LoopSuite
{
    [Theory, InlineData(false), InlineData(true)]
    public void Descriptor_with_read_ahead_is_refused_until_it_is_read(bool leaveOpen)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        ReadLine(first, second);
        using var loop = new EventLoop();
        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => new LoopSocket(loop, first, leaveOpen));
        Assert.Equal($"{first} has 4 unread bytes in its read-ahead buffer. Read them before a loop takes it over.", refused.Message);
        Assert.Equal(0, loop.SocketCount);
        Assert.Equal(0, Fcntl(first, F_GETFL) & O_NONBLOCK);

        byte[] rest = new byte[10];
        Assert.Equal("rest"u8, rest.AsSpan(0, Read(first, rest)));
        using var socket = new LoopSocket(loop, first, leaveOpen);
        Writen(second, "more"u8);
        Assert.Equal(4, socket.ReceiveAsync(rest).AsTask().Within());
    }

    [Fact]
    public void Descriptor_with_read_ahead_is_not_sent() => OnLoop((string?)null, async loop =>
    {
        using var pair = StreamPair.Unix(out Fd passed, out Fd other);
        ReadLine(passed, other);
        var (first, second) = Pair(loop);
        using (first)
        using (second)
        {
            SafeHandle[] descriptors = [passed];
            byte[] said = [1];
            await Assert.ThrowsAsync<InvalidOperationException>(() => first.SendMessageAsync(said, descriptors: descriptors).AsTask());
            Assert.Equal(4, Read(passed, new byte[10]));
            await first.SendMessageAsync(said, descriptors: descriptors);
            Fd[] received = new Fd[1];
            Assert.Equal(1, (await second.ReceiveMessageAsync(new byte[10], descriptors: received)).DescriptorCount);
            received[0].Dispose();
        }
    });

    static void ReadLine(Fd reader, Fd writer)
    {
        Writen(writer, "line\nrest"u8);
        Assert.Equal(5, Readline(reader, new byte[10]));
    }
}
