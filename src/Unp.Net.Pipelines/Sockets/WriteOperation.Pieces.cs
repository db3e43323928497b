using System.Buffers;
using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// Sending several pieces of memory in one call.
sealed unsafe partial class WriteOperation
{
    /// <summary>The largest number of pieces in one call. Further calls send the rest.</summary>
    const int MaxPieces = 32;

    [InlineArray(MaxPieces)]
    struct Pins
    {
        MemoryHandle first;
    }

    bool SendPieces()
    {
        while (true)
        {
            nint n = SendFirst(in details!.Pieces, out long requested);
            if (CompleteSend(n, sent + details.Pieces.Length, "sendmsg"))
                return true;

            // The sequence always begins with the first unsent byte.
            if (n > 0)
                details.Pieces = details.Pieces.Slice(n);
            if (n < requested)
                return false;
        }
    }

    /// <summary>Sends the first pieces of a sequence, at most <see cref="MaxPieces"/>, in one call.</summary>
    /// <param name="pieces">The sequence.</param>
    /// <param name="requested">The number of bytes that the call was asked to send.</param>
    /// <returns>The number of bytes sent, or -1.</returns>
    nint SendFirst(in ReadOnlySequence<byte> pieces, out long requested)
    {
        requested = 0;
        var pins = default(Pins);
        iovec* iov = stackalloc iovec[MaxPieces];
        int count = 0;
        try
        {
            foreach (ReadOnlyMemory<byte> piece in pieces)
            {
                if (piece.IsEmpty)
                    continue;
                if (count == MaxPieces)
                    break;
                pins[count] = piece.Pin();
                iov[count] = new iovec(pins[count].Pointer, piece.Length);
                requested += piece.Length;
                count++;
            }
            nint n;
            var message = new msghdr { msg_iov = iov, msg_iovlen = (nuint)count };
            do
                n = isSocket ? sendmsg(number, &message, NoSignal) : writev(number, iov, count);
            while (n < 0 && Errno.Last == Errno.EINTR);
            return n;
        }
        finally
        {
            // Unpinning makes no system call, so errno is preserved.
            while (count > 0)
                pins[--count].Dispose();
        }
    }
}
