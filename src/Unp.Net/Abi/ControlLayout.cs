using System.Runtime.InteropServices;

namespace Unp.Net.Abi;

/// <summary>
/// The layout of control messages in a buffer: for each message a <c>cmsghdr</c>, padding, the data, padding. (cmsg(3)) These are C's CMSG_
/// macros with offsets instead of pointers. No method trusts a length from the buffer.
/// </summary>
static unsafe class ControlLayout
{
    /// <summary>The size of a <c>cmsghdr</c>. Fewer bytes are not a message.</summary>
    internal static int HeaderSize => Target.IsLinux ? sizeof(Linux.cmsghdr) : sizeof(Bsd.cmsghdr);

    /// <summary>The distance from the start of a message to its data.</summary>
    internal static int DataOffset => Align(HeaderSize);

    /// <summary>The alignment of each message and its data, relative to the start of the buffer.</summary>
    static int Alignment => Target.IsMacOS ? sizeof(uint) : sizeof(ulong);

    /// <summary>C's CMSG_ALIGN.</summary>
    /// <exception cref="OverflowException">The result exceeds an int.</exception>
    internal static int Align(int length) => checked(length + (Alignment - 1)) & ~(Alignment - 1);

    /// <summary>C's CMSG_LEN: the value of <c>cmsg_len</c> for a message with this much data.</summary>
    /// <exception cref="OverflowException">The result exceeds an int.</exception>
    internal static int Len(int dataLength) => checked(DataOffset + dataLength);

    /// <summary>C's CMSG_SPACE: the space for a message with this much data.</summary>
    /// <exception cref="OverflowException">The result exceeds an int.</exception>
    internal static int Space(int dataLength) => checked(DataOffset + Align(dataLength));

    /// <summary>Reads the header at the start of a buffer, aligned or not. The length is not checked.</summary>
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

    /// <summary>Reads the header of the next message in a buffer with any content. Returns false if there is no valid message.</summary>
    /// <remarks>
    /// macOS does not correct the length in the header when it cuts the last message (MSG_CTRUNC). The message then ends where the
    /// buffer ends.
    /// </remarks>
    /// <param name="buffer">The rest of the control data.</param>
    /// <param name="length">The size of the message, at least <see cref="DataOffset"/> and at most the size of the buffer.</param>
    /// <param name="level">C's <c>cmsg_level</c>.</param>
    /// <param name="type">C's <c>cmsg_type</c>.</param>
    internal static bool TryReadHeader(ReadOnlySpan<byte> buffer, out int length, out int level, out int type)
    {
        length = level = type = 0;
        if (buffer.Length < DataOffset)
            return false;
        ReadHeader(buffer, out nuint claimed, out level, out type);
        if (claimed < (nuint)DataOffset || (claimed > (nuint)buffer.Length && !Target.IsMacOS))
            return false;
        length = (int)nuint.Min(claimed, (nuint)buffer.Length);
        return true;
    }

    /// <summary>Returns the distance from the start of a message to the start of the next one, or to the end of the buffer.</summary>
    /// <param name="length">The result of <see cref="TryReadHeader"/>.</param>
    /// <param name="available">The bytes from the start of the message to the end of the buffer.</param>
    internal static int Step(int length, int available) => Math.Min(Align(length), available);

    /// <summary>Writes a header to the start of a buffer. The padding up to <see cref="DataOffset"/> is not changed.</summary>
    /// <param name="buffer">At least <see cref="HeaderSize"/> bytes.</param>
    /// <param name="length">The result of <see cref="Len"/>.</param>
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
