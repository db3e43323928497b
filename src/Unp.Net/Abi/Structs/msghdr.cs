using System.Runtime.InteropServices;

namespace Unp.Net
{
    /// <summary>A piece of memory that a call writes from or reads into (readv(2)).</summary>
    public unsafe struct iovec
    {
        /// <summary>The start of the piece.</summary>
        public void* iov_base;

        /// <summary>The size of the piece in bytes.</summary>
        public nuint iov_len;

        /// <summary>Creates a piece, which must not move during the call.</summary>
        /// <param name="start">The start of the piece.</param>
        /// <param name="length">The size of the piece in bytes.</param>
        public iovec(void* start, int length)
        {
            iov_base = start;
            iov_len = (nuint)length;
        }

        /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{iov_base=0x7f5c2a001000, iov_len=6}"</c>.</summary>
        public override readonly string ToString() => $"{{iov_base=0x{(nuint)iov_base:x}, iov_len={iov_len}}}";
    }

    /// <summary>
    /// A message: the peer's address, the pieces of memory and the control data (sendmsg(2)). It has Linux's layout of 56 bytes; for the 48
    /// bytes of the BSDs <c>sendmsg</c> and <c>recvmsg</c> convert it. The memory of its pointers must not move during the call.
    /// </summary>
    public unsafe struct msghdr
    {
        /// <summary>The receiver's address, or a buffer for the sender's; null: none.</summary>
        public void* msg_name;

        /// <summary>The size of the address or the buffer; after receiving, of the address.</summary>
        public uint msg_namelen;

        /// <summary>The pieces of memory, filled or sent in order.</summary>
        public iovec* msg_iov;

        /// <summary>The number of pieces, at most <see cref="Libc.IOV_MAX"/>.</summary>
        public nuint msg_iovlen;

        /// <summary>The control data, or a buffer for it; null: none.</summary>
        public void* msg_control;

        /// <summary>The size of the control data or the buffer; after receiving, of the received data.</summary>
        public nuint msg_controllen;

        /// <summary>Received: MSG_TRUNC, MSG_CTRUNC, MSG_EOR, MSG_OOB, MSG_ERRQUEUE... Ignored when sending.</summary>
        public int msg_flags;

        /// <summary>
        /// Returns the fields as <c>strace(1)</c> prints them: <c>"{msg_namelen=16, msg_iovlen=1, msg_controllen=0, msg_flags=0x0}"</c>.
        /// </summary>
        public override readonly string ToString() =>
            $"{{msg_namelen={msg_namelen}, msg_iovlen={msg_iovlen}, msg_controllen={msg_controllen}, msg_flags=0x{msg_flags:x}}}";
    }

    /// <summary>
    /// One message of several (sendmmsg(2)). It has Linux's layout of 64 bytes. <c>sendmmsg</c> and <c>recvmmsg</c> convert it to
    /// and from the 56 bytes of FreeBSD. macOS has none.
    /// </summary>
    public struct mmsghdr
    {
        /// <summary>The message.</summary>
        public msghdr msg_hdr;

        /// <summary>The number of bytes sent or received.</summary>
        public uint msg_len;

        /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{msg_hdr={...}, msg_len=6}"</c>.</summary>
        public override readonly string ToString() => $"{{msg_hdr={msg_hdr}, msg_len={msg_len}}}";
    }
}

namespace Unp.Net.Abi.Bsd
{
    /// <summary>A message whose lengths have 32 bits. A larger length is converted to a value that the kernel rejects.</summary>
    unsafe struct msghdr(in Net.msghdr neutral)
    {
        public void* msg_name = neutral.msg_name;
        public uint msg_namelen = neutral.msg_namelen;
        public iovec* msg_iov = neutral.msg_iov;
        public int msg_iovlen = (int)nuint.Min(neutral.msg_iovlen, int.MaxValue);
        public void* msg_control = neutral.msg_control;
        public uint msg_controllen = (uint)nuint.Min(neutral.msg_controllen, uint.MaxValue);
        public int msg_flags = neutral.msg_flags;

        public readonly Net.msghdr Neutral => new()
        {
            msg_name = msg_name,
            msg_namelen = msg_namelen,
            msg_iov = msg_iov,
            msg_iovlen = (nuint)msg_iovlen,
            msg_control = msg_control,
            msg_controllen = msg_controllen,
            msg_flags = msg_flags,
        };

        /// <summary>Copies the fields that the kernel writes on receiving.</summary>
        public readonly void CopyReceivedTo(ref Net.msghdr neutral)
        {
            neutral.msg_namelen = msg_namelen;
            neutral.msg_controllen = msg_controllen;
            neutral.msg_flags = msg_flags;
        }
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>One message of several. The length is a signed number of 64 bits.</summary>
    struct mmsghdr
    {
        public Bsd.msghdr msg_hdr;
        public nint msg_len;

        /// <summary>
        /// Converts the messages of a buffer to FreeBSD's layout in place. The result is shorter and at the start of the buffer.
        /// </summary>
        public static void Pack(Span<Net.mmsghdr> buffer)
        {
            var packed = MemoryMarshal.Cast<Net.mmsghdr, mmsghdr>(buffer);
            for (int i = 0; i < buffer.Length; i++) // in ascending order, so each write overwrites only messages that were read
            {
                var item = buffer[i];
                packed[i] = new() { msg_hdr = new(in item.msg_hdr), msg_len = (nint)item.msg_len };
            }
        }

        /// <summary>Reverts <see cref="Pack"/>, keeping the results of the kernel.</summary>
        public static void Unpack(Span<Net.mmsghdr> buffer)
        {
            var packed = MemoryMarshal.Cast<Net.mmsghdr, mmsghdr>(buffer);
            for (int i = buffer.Length - 1; i >= 0; i--) // in descending order, because the packed messages are before it
            {
                var item = packed[i];
                buffer[i] = new() { msg_hdr = item.msg_hdr.Neutral, msg_len = (uint)item.msg_len };
            }
        }
    }
}
