using System.Buffers;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// A client of an echo server that serves all in one process: its socket, which nothing waits in, and what is still to be sent back. There is no read
/// before all of the last one is sent. So a client that never reads costs one buffer, and TCP tells it to send no more.
/// </summary>
sealed class EchoConnection(Fd sockfd) : IDisposable
{
    byte[] rest = [];
    int held;

    public Fd Sockfd => sockfd;

    /// <summary>Whether it waits for room to send what it holds; if not, for something to read.</summary>
    public bool IsSending => held > 0;

    /// <summary>The client is done and has got everything back, or it is gone.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Sends what it holds, or else reads once and sends that; holds what there is no room for.</summary>
    /// <param name="buf">Room for a read. All connections share it, so that an idle one has none.</param>
    /// <returns>Whether there may be more to do; false when it has to wait (EAGAIN), and when it is over.</returns>
    public bool Echo(Span<byte> buf)
    {
        Span<byte> bytes = rest.AsSpan(0, held);
        if (!IsSending)
        {
            nint n = read(sockfd, buf);
            if (n <= 0)
            {
                IsOver = n == 0 || Errno.Last != Errno.EAGAIN;
                return false;
            }
            bytes = buf[..(int)n];
        }

        nint sent = write(sockfd, bytes);
        IsOver = sent < 0 && Errno.Last != Errno.EAGAIN;
        Hold(bytes[(int)Math.Max(0, sent)..]);
        return sent >= 0;
    }

    public void Dispose()
    {
        Hold([]);
        sockfd.Dispose();
    }

    void Hold(ReadOnlySpan<byte> unsent)
    {
        if (unsent.Length > rest.Length)
            rest = ArrayPool<byte>.Shared.Rent(unsent.Length);
        unsent.CopyTo(rest);
        held = unsent.Length;
        if (held == 0 && rest.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rest);
            rest = [];
        }
    }
}
