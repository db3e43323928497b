using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;

namespace Unp.Net.Tests.Messages;

/// <summary>
/// Tests of zero-copy sends, whose memory stays pinned until they are done. On loopback the kernel copies, and reports so.
/// </summary>
public class ZeroCopyTests
{
    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Stream_arrives_and_sends_complete_in_order(int family)
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server, family);
        using var sender = new ZeroCopySender(client, verify: true);
        byte[] first = Filled(20_000), second = Filled(30_000), received = new byte[50_000];
        ZeroCopySend one = sender.Send(first), two = sender.Send(second);
        Assert.Equal((new ZeroCopySend(20_000, 0), new ZeroCopySend(30_000, 1)), (one, two));
        Assert.Equal(50_000, Readn(server, received));
        Assert.True(sender.Complete(Limit.Default));
        Assert.True(sender.IsDone(one) && sender.IsDone(two));
        Assert.Equal(0, sender.PendingCount);
        Assert.Equal([.. first, .. second], received);
        Assert.Equal(2, sender.CopiedCount); // the kernel copies on loopback
        Assert.False(sender.TryComplete());
    }

    [Theory]
    [MemberData(nameof(Families.Internet), MemberType = typeof(Families))]
    public void Datagrams_arrive_at_their_addresses(int family)
    {
        using Fd first = Loopback.Datagram(family), second = Loopback.Datagram(family);
        using var sender = new ZeroCopySender(first, verify: true);
        byte[] data = Filled(9000), received = new byte[10_000];
        for (uint i = 0; i < 20; i++)
        {
            Assert.Equal(new ZeroCopySend(9000, i), sender.Send(data, 0, Getsockname(second)));
            Assert.Equal(9000, Recv(second, received));
            Assert.Equal(data, received[..9000]);
        }
        Assert.True(sender.Complete(Limit.Default));
    }

    [Fact]
    public void Unacknowledged_send_is_not_done()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Kernel.ShrinkBuffers(server);
        Kernel.ShrinkBuffers(client);
        Kernel.SetNonBlocking(client);
        using var sender = new ZeroCopySender(client, verify: true);
        byte[] data = Filled(1_000_000);
        List<ZeroCopySend> sends = SendUntilFull(sender, data);
        int sent = sends.Sum(send => send.Length);
        Assert.False(sender.Complete(TimeSpan.Zero));
        Assert.False(sender.IsDone(sends[^1]));

        byte[] received = new byte[sent];
        Assert.Equal(sent, Readn(server, received));
        Assert.True(sender.Complete(Limit.Default));
        Assert.All(sends, send => Assert.True(sender.IsDone(send)));
        Assert.Equal(data[..sent], received);
    }

    [Fact]
    public void Buffer_stays_pinned_until_send_is_done()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using var sender = new ZeroCopySender(client, verify: true);
        using var memory = new CountingMemory(5000);
        sender.Send(memory.Memory[100..]);
        Assert.Equal(1, memory.Pins);
        Readn(server, new byte[4900]);
        Assert.True(sender.Complete(Limit.Default));
        Assert.Equal(0, memory.Pins);

        Shutdown(client, SHUT_WR);
        Assert.Equal($"sendmsg error: Broken pipe ({client})", Assert.Throws<UnpException>(() => sender.Send(memory.Memory)).Message);
        Assert.Equal(0, memory.Pins);
    }

    [Fact]
    public void Changed_buffer_is_reported_once()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using var sender = new ZeroCopySender(client, verify: true);
        byte[] good = Filled(5000), changed = Filled(5000);
        sender.Send(good);
        ZeroCopySend bad = sender.Send(changed);
        changed[4999]++;
        Readn(server, new byte[10_000]);
        string message = Assert.Throws<InvalidOperationException>(() => sender.Complete(Limit.Default)).Message;
        Assert.StartsWith("The buffer of send 1 was changed before the send was done", message);
        Assert.True(sender.IsDone(bad));
        changed[0]++;
        Assert.True(sender.Complete(Limit.Default));
    }

    /// <summary>The test does not pass verify, so the result depends on the build of the test program.</summary>
    [Fact]
    public void Changed_buffer_is_reported_in_debug_build()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using var sender = new ZeroCopySender(client);
        byte[] data = Filled(5000);
        sender.Send(data);
        data[0]++;
        Readn(server, new byte[5000]);
#if DEBUG
        Assert.Throws<InvalidOperationException>(() => sender.Complete(Limit.Default));
#else
        Assert.True(sender.Complete(Limit.Default));
#endif
    }

    [Theory]
    [InlineData(DebuggableAttribute.DebuggingModes.Default | DebuggableAttribute.DebuggingModes.DisableOptimizations, true)]
    [InlineData(DebuggableAttribute.DebuggingModes.IgnoreSymbolStoreSequencePoints, false)]
    public void Debug_build_is_recognised_by_disabled_optimiser(DebuggableAttribute.DebuggingModes modes, bool isDebugBuild)
    {
        var program = AssemblyBuilder.DefineDynamicAssembly(new("program"), AssemblyBuilderAccess.Run);
        ConstructorInfo attribute = typeof(DebuggableAttribute).GetConstructor([typeof(DebuggableAttribute.DebuggingModes)])!;
        program.SetCustomAttribute(new CustomAttributeBuilder(attribute, [modes]));
        Assert.Equal(isDebugBuild, ZeroCopySender.IsDebugBuild(program));
        Assert.False(ZeroCopySender.IsDebugBuild(null));
    }

    [Fact]
    public void Changed_buffer_is_not_reported_without_verify()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using var sender = new ZeroCopySender(client, verify: false);
        byte[] data = Filled(5000);
        sender.Send(data);
        data[0]++;
        Readn(server, new byte[5000]);
        Assert.True(sender.Complete(Limit.Default));
    }

    [Fact]
    public void Empty_send_has_no_number()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        using var sender = new ZeroCopySender(first);
        ZeroCopySend empty = sender.Send(default);
        Assert.Equal(new ZeroCopySend(0, null), empty);
        Assert.True(sender.IsDone(empty));
        Assert.Equal(0, Recv(second, new byte[1]));
        Assert.Equal(new ZeroCopySend(1, 0), sender.Send(new byte[1]));
        Assert.True(sender.Complete(Limit.Default));
    }

    [Fact]
    public void Sends_beyond_notification_memory_are_copied()
    {
        using var pair = SocketPair.Udp(AF_INET, out Fd first, out Fd second);
        using var sender = new ZeroCopySender(first, verify: true);
        byte[] data = Filled(100), received = new byte[200];
        int copied = 0;

        // Unread datagrams hold memory for their notifications, and so do unread notifications.
        for (int i = 0; i < 2000; i++)
        {
            ZeroCopySend send = sender.Send(data);
            Assert.Equal(100, send.Length);
            copied += send.Number is null ? 1 : 0;
        }
        while (Kernel.Waiting(second) > 0)
            Recv(second, received);
        Assert.True(sender.Complete(Limit.Default));
        Assert.InRange(sender.CopiedCount, copied, 2000);
    }

    [Fact]
    public void Other_messages_of_error_queue_reach_callback()
    {
        using Fd fd = Loopback.Datagram();
        SockAddr deaf;
        using (Fd gone = Loopback.Datagram())
            deaf = Getsockname(gone);
        Setsockopt(fd, SocketOptions.IpRecvErr, true);
        var others = new List<ExtendedError>();
        using var sender = new ZeroCopySender(fd) { OtherMessage = others.Add };
        sender.Send(Filled(1000), 0, deaf);
        Limit.Until(() => sender.TryComplete() | others.Count > 0, "the refusal came");
        Assert.True(sender.Complete(Limit.Default));
        Assert.Equal(Errno.ECONNREFUSED, Assert.Single(others).Errno);
    }

    [Fact]
    public void Dispose_leaves_unfinished_sends_pinned()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Kernel.ShrinkBuffers(server);
        Kernel.ShrinkBuffers(client);
        Kernel.SetNonBlocking(client);
        using var memory = new CountingMemory(1_000_000);
        var sender = new ZeroCopySender(client) { DisposeTimeout = TimeSpan.FromMilliseconds(1) };
        List<ZeroCopySend> sends = SendUntilFull(sender, memory.Memory);
        sender.Dispose();
        sender.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sender.Send(memory.Memory));
        Assert.Throws<ObjectDisposedException>(() => sender.TryComplete());
        Assert.False(sender.IsDone(sends[^1]));
        Assert.Equal(sends.Count(send => !sender.IsDone(send)), memory.Pins);
        Readn(server, new byte[sends.Sum(send => send.Length)]);
    }

    [Fact]
    public void Disposed_socket_stays_open_until_sends_are_done()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using var memory = new CountingMemory(5000);
        using (var sender = new ZeroCopySender(client))
        {
            sender.Send(memory.Memory);
            client.Dispose();
            Readn(server, new byte[5000]);
        }
        Assert.Equal(0, memory.Pins);
        Assert.Equal(0, Read(server, new byte[1]));
    }

    [Fact]
    public void Socket_with_ZEROCOPY_or_without_support_is_rejected()
    {
        using var pair = StreamPair.Tcp(out Fd client, out _);
        new ZeroCopySender(client).Dispose();
        Assert.StartsWith(
            "SO_ZEROCOPY is already set on the socket",
            Assert.Throws<ArgumentException>("socket", () => new ZeroCopySender(client)).Message);
        using var unix = StreamPair.Unix(out Fd first, out _);
        var failure = Assert.Throws<UnpException>(() => new ZeroCopySender(first));
        Assert.Equal(("setsockopt", Errno.EOPNOTSUPP), (failure.Function, failure.Errno));
        Assert.Throws<ArgumentNullException>(() => new ZeroCopySender(null!));
    }

    /// <summary>Sends on a non-blocking connection until its buffer is full.</summary>
    static List<ZeroCopySend> SendUntilFull(ZeroCopySender sender, ReadOnlyMemory<byte> data)
    {
        var sends = new List<ZeroCopySend>();
        while (true)
        {
            try
            {
                ZeroCopySend send = sender.Send(data);
                Assert.InRange(send.Length, 1, data.Length - 1);
                data = data[send.Length..];
                sends.Add(send);
            }
            catch (UnpException failure) when (failure.Errno == Errno.EAGAIN)
            {
                return sends;
            }
        }
    }

    static byte[] Filled(int length)
    {
        byte[] data = new byte[length];
        Random.Shared.NextBytes(data);
        return data;
    }
}
