using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Samples.advio;

/// <summary>Sends numbered datagrams and counts its system calls. What it needs it has from the start: sending allocates nothing.</summary>
/// <param name="size">The bytes of each datagram.</param>
abstract class BlastSender(int size)
{
    /// <summary>How many datagrams go in one system call.</summary>
    public abstract int Most { get; }

    /// <summary>Every system call that was made.</summary>
    public long Calls { get; protected set; }

    /// <summary>Sends datagrams.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many, <see cref="Most"/> at most.</param>
    public abstract void Send(long first, int count);

    /// <summary>Writes datagrams into a message, of which only the numbers change.</summary>
    /// <returns>The bytes of all.</returns>
    protected int Write(Span<byte> message, long first, int count)
    {
        for (int i = 0; i < count; i++)
            BinaryPrimitives.WriteInt64LittleEndian(message[(i * size)..], first + i);
        return count * size;
    }
}

/// <summary>A message in each call.</summary>
sealed class SingleSender(Fd sockfd, int size, int segments) : BlastSender(size)
{
    readonly byte[] message = new byte[size * segments];

    public override int Most => segments;

    public override void Send(long first, int count)
    {
        int length = Write(message, first, count);
        Calls++;
        Libunp.Send(sockfd, message.AsSpan(0, length));
    }
}

/// <summary>Many messages in each call.</summary>
sealed class BatchSender(Fd sockfd, int size, int messages, int segments) : BlastSender(size)
{
    /// <summary>Whether the C library makes a loop of sendmsg out of sendmmsg: musl's does, and those of the BSDs.</summary>
    static readonly bool IsLoop = !OperatingSystem.IsLinux() || RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);

    readonly MessageBatch batch = new(messages, size * segments);

    public override int Most => messages * segments;

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

/// <summary>What this system can do of GSO and GRO.</summary>
static class BlastSegments
{
    const int Most64 = 64; // UDP_MAX_SEGMENTS
    const int Most128 = 128; // the same, of newer kernels

    /// <summary>How many datagrams of a size the kernel makes of one message, which is tried.</summary>
    /// <param name="size">The bytes of each datagram.</param>
    /// <param name="refusal">Why it makes none; null if it does.</param>
    /// <returns>2 or more, or 0.</returns>
    public static int Most(int size, out string? refusal)
    {
        refusal = null;
        int fit = Blast.MostSize / size;
        if (fit < 2)
        {
            refusal = $"{Blast.MostSize} bytes go in one send, which is less than two datagrams of {size}";
            return 0;
        }
        try
        {
            using Fd sockfd = Blast.Bound();
            Connect(sockfd, Getsockname(sockfd));
            Setsockopt(sockfd, SocketOptions.UdpGro, true);
            Setsockopt(sockfd, SocketOptions.UdpSegment, size);
            return fit > Most64 && Takes(sockfd, Math.Min(fit, Most128) * size) ? Math.Min(fit, Most128) : Required(sockfd, Math.Min(fit, Most64), size);
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
