using System.Buffers;

namespace Unp.Samples.tcpcliserv;

/// <summary>
/// A client of an echo server that serves all clients in one process: a nonblocking socket and the data that must still be sent back. The
/// connection reads only after it has sent everything. A client that never reads thus costs one buffer, and TCP's flow control stops it.
/// </summary>
sealed class EchoConnection(Fd sockfd) : IDisposable
{
    byte[] rest = [];
    int held;

    public Fd Sockfd => sockfd;

    /// <summary>Gets whether the connection waits for room to send. Otherwise it waits for input.</summary>
    public bool IsSending => held > 0;

    /// <summary>Gets whether the client has ended and received everything, or is gone.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Sends the kept data, or else reads once and sends the input. Data that does not fit is kept.</summary>
    /// <param name="buf">The buffer for the read. All connections share it, so an idle connection needs none.</param>
    /// <returns>Whether a further call may do more. False when the connection must wait (EAGAIN) and at its end.</returns>
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
