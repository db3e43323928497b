using System.Runtime.InteropServices;

namespace Unp.Net.Abi;

/// <summary>
/// How control messages lie in their buffer, one after the other: a <c>cmsghdr</c>, padding, the data, padding. (cmsg(3)) C's CMSG_ macros, by offsets:
/// nothing here trusts a length that it has read.
/// </summary>
static unsafe class ControlLayout
{
    /// <summary>The bytes of a <c>cmsghdr</c>: fewer than these are no message.</summary>
    internal static int HeaderSize => Target.IsLinux ? sizeof(Linux.cmsghdr) : sizeof(Bsd.cmsghdr);

    /// <summary>From the start of a message to its data.</summary>
    internal static int DataOffset => Align(HeaderSize);

    /// <summary>Each message, and its data, start at a multiple of this from the start of the buffer.</summary>
    static int Alignment => Target.IsMacOS ? sizeof(uint) : sizeof(ulong);

    /// <summary>C's CMSG_ALIGN.</summary>
    /// <exception cref="OverflowException">The sum is no int.</exception>
    internal static int Align(int length) => checked(length + (Alignment - 1)) & ~(Alignment - 1);

    /// <summary>C's CMSG_LEN: what stands in <c>cmsg_len</c> for so many bytes of data.</summary>
    /// <exception cref="OverflowException">The sum is no int.</exception>
    internal static int Len(int dataLength) => checked(DataOffset + dataLength);

    /// <summary>C's CMSG_SPACE: the room that a message with so many bytes of data takes.</summary>
    /// <exception cref="OverflowException">The sum is no int.</exception>
    internal static int Space(int dataLength) => checked(DataOffset + Align(dataLength));

    /// <summary>The head at the start of a buffer, aligned or not. The length is as it stands there, be it nonsense.</summary>
    /// <param name="buffer">At least <see cref="HeaderSize"/> bytes.</param>
    /// <param name="length">C's <c>cmsg_len</c>.</param>
    /// <param name="level">C's <c>cmsg_level</c>.</param>
    /// <param name="type">C's <c>cmsg_type</c>.</param>
    internal static void ReadHeader(ReadOnlySpan<byte> buffer, out nuint length, out int level, out int type)
    {
        if (Target.IsLinux)
        {
            var header = MemoryMarshal.Read<Linux.cmsghdr>(buffer);
            (length, level, type) = (header.cmsg_len, header.cmsg_level, header.cmsg_type);
        }
        else
        {
            var header = MemoryMarshal.Read<Bsd.cmsghdr>(buffer);
            (length, level, type) = (header.cmsg_len, header.cmsg_level, header.cmsg_type);
        }
    }

    /// <summary>The head of the next message in a buffer that may hold anything: false where there is none that makes sense.</summary>
    /// <param name="buffer">What is left of the control data.</param>
    /// <param name="length">The message's bytes, which the buffer has: at least <see cref="DataOffset"/>.</param>
    /// <param name="level">C's <c>cmsg_level</c>.</param>
    /// <param name="type">C's <c>cmsg_type</c>.</param>
    internal static bool TryReadHeader(ReadOnlySpan<byte> buffer, out int length, out int level, out int type)
    {
        length = level = type = 0;
        if (buffer.Length < DataOffset)
            return false;
        ReadHeader(buffer, out nuint claimed, out level, out type);
        if (claimed < (nuint)DataOffset || claimed > (nuint)buffer.Length)
            return false;
        length = (int)claimed;
        return true;
    }

    /// <summary>From the start of a message to that of the next one, or to the end of the buffer.</summary>
    /// <param name="length">What <see cref="TryReadHeader"/> said.</param>
    /// <param name="available">The bytes from the start of the message to the end of the buffer.</param>
    internal static int Step(int length, int available) => Math.Min(Align(length), available);

    /// <summary>Writes a head to the start of a buffer. The padding up to <see cref="DataOffset"/> is left as it is.</summary>
    /// <param name="buffer">At least <see cref="HeaderSize"/> bytes.</param>
    /// <param name="length">What <see cref="Len"/> says.</param>
    /// <param name="level">C's <c>cmsg_level</c>: SOL_SOCKET, IPPROTO_IP...</param>
    /// <param name="type">C's <c>cmsg_type</c>: SCM_RIGHTS, IP_PKTINFO...</param>
    internal static void WriteHeader(Span<byte> buffer, int length, int level, int type)
    {
        if (Target.IsLinux)
            MemoryMarshal.Write(buffer, new Linux.cmsghdr { cmsg_len = (nuint)length, cmsg_level = level, cmsg_type = type });
        else
            MemoryMarshal.Write(buffer, new Bsd.cmsghdr { cmsg_len = (uint)length, cmsg_level = level, cmsg_type = type });
    }
}
