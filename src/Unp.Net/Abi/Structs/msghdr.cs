using System.Runtime.InteropServices;

namespace Unp.Net
{
    /// <summary>A piece of memory that a call writes from or reads into (readv(2)).</summary>
    public unsafe struct iovec
    {
        /// <summary>Where it starts.</summary>
        public void* iov_base;

        /// <summary>Its bytes.</summary>
        public nuint iov_len;

        /// <summary>A piece that must not move during the call.</summary>
        /// <param name="start">Where it starts.</param>
        /// <param name="length">Its bytes.</param>
        public iovec(void* start, int length)
        {
            iov_base = start;
            iov_len = (nuint)length;
        }
    }

    /// <summary>
    /// A message: the peer's address, the pieces of memory and the control data (sendmsg(2)). Linux's 56 bytes; the BSDs have 48, and <c>sendmsg</c>
    /// and <c>recvmsg</c> translate. What the pointers point to must not move during the call.
    /// </summary>
    public unsafe struct msghdr
    {
        /// <summary>The receiver's address, or room for the sender's; null: none.</summary>
        public void* msg_name;

        /// <summary>The bytes of the address or of the room; received: the address's.</summary>
        public uint msg_namelen;

        /// <summary>The pieces of memory, filled or sent in their order.</summary>
        public iovec* msg_iov;

        /// <summary>How many there are, <see cref="Libc.IOV_MAX"/> at the most.</summary>
        public nuint msg_iovlen;

        /// <summary>The control data, or room for them; null: none.</summary>
        public void* msg_control;

        /// <summary>The bytes of the control data or of the room; received: those that came.</summary>
        public nuint msg_controllen;

        /// <summary>Received: MSG_TRUNC, MSG_CTRUNC, MSG_EOR, MSG_OOB, MSG_ERRQUEUE... Sending does not look at it.</summary>
        public int msg_flags;
    }

    /// <summary>
    /// One message of several (sendmmsg(2)). Linux's 64 bytes; FreeBSD has 56, and <c>sendmmsg</c> and <c>recvmmsg</c> translate. macOS has none.
    /// </summary>
    public struct mmsghdr
    {
        /// <summary>The message.</summary>
        public msghdr msg_hdr;

        /// <summary>The bytes that were sent or received.</summary>
        public uint msg_len;
    }
}

namespace Unp.Net.Abi.Bsd
{
    /// <summary>A message, its lengths of 32 bits. One too great for them stays too great: the kernel refuses it.</summary>
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

        /// <summary>Hands on what the kernel writes when it has received.</summary>
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
    /// <summary>One message of several. The length is signed, of 64 bits.</summary>
    struct mmsghdr
    {
        public Bsd.msghdr msg_hdr;
        public nint msg_len;

        /// <summary>Makes the messages of a buffer FreeBSD's, which take less room, at its start.</summary>
        public static void Pack(Span<Net.mmsghdr> buffer)
        {
            var packed = MemoryMarshal.Cast<Net.mmsghdr, mmsghdr>(buffer);
            for (int i = 0; i < buffer.Length; i++) // the first first: it is written over what has been read
            {
                var item = buffer[i];
                packed[i] = new() { msg_hdr = new(in item.msg_hdr), msg_len = (nint)item.msg_len };
            }
        }

        /// <summary>Undoes <see cref="Pack"/>, with what the kernel has written.</summary>
        public static void Unpack(Span<Net.mmsghdr> buffer)
        {
            var packed = MemoryMarshal.Cast<Net.mmsghdr, mmsghdr>(buffer);
            for (int i = buffer.Length - 1; i >= 0; i--) // the last first: what is still packed lies before it
            {
                var item = packed[i];
                buffer[i] = new() { msg_hdr = item.msg_hdr.Neutral, msg_len = (uint)item.msg_len };
            }
        }
    }
}
