namespace Unp.Net.Packets.Tests;

/// <summary>The kernel as the interpreter of a filter: a datagram passes a socket pair if the filter of the receiver accepts it.</summary>
sealed class SocketFilter : IDisposable
{
    readonly Fd sender;
    readonly Fd receiver;
    readonly byte[] buffer = new byte[4096];

    internal SocketFilter() => Socketpair(AF_UNIX, SOCK_DGRAM, 0, out sender, out receiver);

    /// <summary>Gets the socket with the filter.</summary>
    internal Fd Receiver => receiver;

    /// <summary>Returns the number of bytes that the kernel accepts of a packet, or -1 if it drops the packet.</summary>
    internal int Run(ReadOnlySpan<byte> packet)
    {
        Send(sender, packet);
        long received = recv(receiver, buffer, MSG_DONTWAIT);
        if (received < 0)
            Assert.Equal(Errno.EAGAIN, Errno.Last);
        return (int)received;
    }

    /// <summary>Returns what <see cref="Run"/> must return for the result of a program.</summary>
    internal static int Expected(uint result, int length) => result == 0 ? -1 : (int)Math.Min(result, (uint)length);

    public void Dispose()
    {
        sender.Dispose();
        receiver.Dispose();
    }
}
