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
        ReadOnlySequence<byte> rest = details!.Pieces;
        while (true)
        {
            long requested = 0;
            nint n = SendFirst(in rest, ref requested);
            long length = rest.Length;
            if (!CompleteSend(n, sent + length, "sendmsg"))
            {
                // The sequence always begins with the first unsent byte.
                if (n > 0)
                    details.Pieces = rest = rest.Slice(n);
                if (n == requested)
                    continue;
                return false;
            }
            return true;
        }
    }

    nint SendFirst(in ReadOnlySequence<byte> pieces, ref long requested)
    {
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
