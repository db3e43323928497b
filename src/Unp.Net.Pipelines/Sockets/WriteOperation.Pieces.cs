using System.Buffers;
using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// Several pieces of memory in one call.
sealed unsafe partial class WriteOperation
{
    /// <summary>How many pieces go in one call; there are calls enough for the rest.</summary>
    const int MostPieces = 32;

    [InlineArray(MostPieces)]
    struct Pins
    {
        MemoryHandle first;
    }

    bool SendPieces()
    {
        ReadOnlySequence<byte> rest = details!.Pieces;
        while (true)
        {
            long asked = 0;
            nint n = SendFirst(in rest, ref asked);
            long length = rest.Length;
            if (!Sent(n, sent + length, "sendmsg"))
            {
                // Nothing is left of what went: the sequence begins with the first byte to send.
                if (n > 0)
                    details.Pieces = rest = rest.Slice(n);
                if (n == asked)
                    continue;
                return false;
            }
            return true;
        }
    }

    nint SendFirst(in ReadOnlySequence<byte> pieces, ref long asked)
    {
        var pins = default(Pins);
        iovec* iov = stackalloc iovec[MostPieces];
        int count = 0;
        try
        {
            foreach (ReadOnlyMemory<byte> piece in pieces)
            {
                if (piece.IsEmpty)
                    continue;
                if (count == MostPieces)
                    break;
                pins[count] = piece.Pin();
                iov[count] = new iovec(pins[count].Pointer, piece.Length);
                asked += piece.Length;
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
            // Unpinning makes no system call, and leaves the error.
            while (count > 0)
                pins[--count].Dispose();
        }
    }
}
