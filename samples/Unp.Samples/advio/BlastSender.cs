using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Samples.advio;

/// <summary>Sends numbered datagrams and counts system calls. All memory is allocated in advance, so sending allocates nothing.</summary>
/// <param name="size">The number of bytes per datagram.</param>
abstract class BlastSender(int size)
{
    /// <summary>Gets the maximum number of datagrams per system call.</summary>
    public abstract int MaxCount { get; }

    /// <summary>Gets the number of system calls.</summary>
    public long Calls { get; protected set; }

    /// <summary>Sends datagrams.</summary>
    /// <param name="first">The number of the first datagram.</param>
    /// <param name="count">The number of datagrams, at most <see cref="MaxCount"/>.</param>
    public abstract void Send(long first, int count);

    /// <summary>Writes datagrams into a message. Only their numbers change.</summary>
    /// <returns>The total number of bytes.</returns>
    protected int Write(Span<byte> message, long first, int count)
    {
        for (int i = 0; i < count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(message[(i * size)..], first + i);
        return count * size;
    }
}

/// <summary>Sends one message per system call.</summary>
sealed class SingleSender(Fd sockfd, int size, int segments) : BlastSender(size)
{
    readonly byte[] message = new byte[size * segments];

    public override int MaxCount => segments;

    public override void Send(long first, int count)
    {
        int length = Write(message, first, count);
        Calls++;
        Libunp.Send(sockfd, message.AsSpan(0, length));
    }
}

/// <summary>Sends many messages per system call.</summary>
sealed class BatchSender(Fd sockfd, int size, int messages, int segments) : BlastSender(size)
{
    /// <summary>Whether the C library implements sendmmsg as a loop of sendmsg, as musl and the BSDs do.</summary>
    static readonly bool IsLoop =
        !OperatingSystem.IsLinux() || RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    readonly MessageBatch batch = new(messages, size * segments);

    public override int MaxCount => messages * segments;

    public override void Send(long first, int count)
    {
        int filled = 0;
        for (int written = 0; written < count; filled++)
        {
            int some = Math.Min(segments, count - written);
            batch[filled].Length = Write(batch[filled].Buffer, first + written, some);
            written += some;
        }
        for (int sent = 0; sent < filled;)
        {
            int some = Sendmmsg(sockfd, batch, filled - sent, start: sent);
            Calls += IsLoop ? some : 1;
            sent += some;
        }
    }
}

/// <summary>The limits of GSO and GRO on this system.</summary>
static class BlastSegments
{
    const int OldLimit = 64; // UDP_MAX_SEGMENTS
    const int NewLimit = 128; // UDP_MAX_SEGMENTS of newer kernels

    /// <summary>Finds by trial how many datagrams of a size the kernel makes of one message.</summary>
    /// <param name="size">The number of bytes per datagram.</param>
    /// <param name="refusal">The reason why GSO and GRO cannot be used, or null.</param>
    /// <returns>2 or more, or 0 if GSO and GRO cannot be used.</returns>
    public static int Max(int size, out string? refusal)
    {
        refusal = null;
        int fit = Blast.MaxSize / size;
        if (fit < 2)
        {
            refusal = $"two datagrams of {size} bytes do not fit into one send of {Blast.MaxSize} bytes";
            return 0;
        }
        try
        {
            using Fd sockfd = Blast.Bound();
            Connect(sockfd, Getsockname(sockfd));
            Setsockopt(sockfd, SocketOptions.UdpGro, true);
            Setsockopt(sockfd, SocketOptions.UdpSegment, size);
            return fit > OldLimit && Takes(sockfd, Math.Min(fit, NewLimit) * size)
                ? Math.Min(fit, NewLimit)
                : Required(sockfd, Math.Min(fit, OldLimit), size);
        }
        catch (Exception refused) when (refused is UnpException or PlatformNotSupportedException)
        {
            refusal = $"UDP_SEGMENT, UDP_GRO: {refused.Message}";
            return 0;
        }
    }

    static bool Takes(Fd sockfd, int bytes)
    {
        try
        {
            Send(sockfd, new byte[bytes]);
            return true;
        }
        catch (UnpException tooMany) when (tooMany.Errno == Errno.EINVAL)
        {
            return false;
        }
    }

    static int Required(Fd sockfd, int segments, int size)
    {
        Send(sockfd, new byte[segments * size]);
        return segments;
    }
}
