using System.Runtime.InteropServices;

namespace Unp.Samples.icmpd;

/// <summary>
/// The record by which <see cref="icmpd"/> reports an error: C's <c>struct icmpd_err</c> on 64-bit systems (UNP 28.7), so that either
/// program can be C's.
/// </summary>
readonly record struct IcmpdError(Errno Errno, byte Type, byte Code, SockAddr Destination)
{
    /// <summary>The path of the daemon's socket.</summary>
    public const string ICMPD_PATH = "/tmp/icmpd";

    /// <summary>The size of a record: an int, two bytes, a socklen_t, and a sockaddr_storage at a multiple of 8.</summary>
    public const int Size = AddressOffset + SockAddr.Capacity;

    const int TypeOffset = 4, CodeOffset = 5, LengthOffset = 8, AddressOffset = 16;

    /// <summary>Reads a record. An address that is none becomes the empty one.</summary>
    public static IcmpdError Read(ReadOnlySpan<byte> record)
    {
        int length = Math.Clamp(MemoryMarshal.Read<int>(record[LengthOffset..]), 0, SockAddr.Capacity);
        return new(
            new Errno(MemoryMarshal.Read<int>(record)), record[TypeOffset], record[CodeOffset],
            length == 0 ? default : new SockAddr(record.Slice(AddressOffset, length)));
    }

    /// <summary>Writes the record.</summary>
    /// <param name="record">A buffer of <see cref="Size"/> bytes.</param>
    public void Write(Span<byte> record)
    {
        record.Clear();
        MemoryMarshal.Write(record, Errno.Value);
        record[TypeOffset] = Type;
        record[CodeOffset] = Code;
        MemoryMarshal.Write(record[LengthOffset..], Destination.Length);
        Destination.Bytes.CopyTo(record[AddressOffset..]);
    }
}
