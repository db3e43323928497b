using System.Buffers.Binary;
using System.Text;

namespace Unp.Net.Packets.Tests;

/// <summary>Composes capture files byte by byte, in both byte orders and with any fault.</summary>
sealed class FileBytes(bool isBigEndian)
{
    readonly List<byte> bytes = [];

    public int Length => bytes.Count;

    public byte[] ToArray() => [.. bytes];

    public MemoryStream ToStream() => new(ToArray());

    public FileBytes U16(int number)
    {
        Span<byte> two = stackalloc byte[2];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)number);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(two, (ushort)number);
        bytes.AddRange(two);
        return this;
    }

    public FileBytes U32(long number)
    {
        Span<byte> four = stackalloc byte[4];
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(four, (uint)number);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(four, (uint)number);
        bytes.AddRange(four);
        return this;
    }

    public FileBytes U64(ulong number) =>
        isBigEndian ? U32((long)(number >> 32)).U32((uint)number) : U32((uint)number).U32((long)(number >> 32));

    public FileBytes Raw(params ReadOnlySpan<byte> raw)
    {
        bytes.AddRange(raw);
        return this;
    }

    public FileBytes Padded(ReadOnlySpan<byte> raw) => Raw(raw).Raw(new byte[-raw.Length & 3]);

    public FileBytes PcapHeader(uint magic = 0xa1b2c3d4, int minor = 4, long snapLength = 262144, long link = 1) =>
        U32(magic).U16(2).U16(minor).U32(0).U32(0).U32(snapLength).U32(link);

    public FileBytes PcapRecord(uint seconds, uint fraction, byte[] data, int wireLength) =>
        U32(seconds).U32(fraction).U32(data.Length).U32(wireLength).Raw(data);

    public FileBytes Block(uint type, Action<FileBytes> body)
    {
        var inner = new FileBytes(isBigEndian);
        body(inner);
        int length = 12 + inner.Length;
        return U32(type).U32(length).Raw(inner.ToArray()).U32(length);
    }

    public FileBytes Section(Action<FileBytes>? options = null, int major = 1) => Block(0x0a0d0d0a, body =>
    {
        body.U32(0x1a2b3c4d).U16(major).U16(0).U64(ulong.MaxValue);
        options?.Invoke(body);
    });

    public FileBytes Interface(int link = 1, long snapLength = 0, Action<FileBytes>? options = null) => Block(1, body =>
    {
        body.U16(link).U16(0).U32(snapLength);
        options?.Invoke(body);
    });

    public FileBytes Enhanced(int id, ulong ticks, byte[] data, long? wireLength = null, Action<FileBytes>? options = null) =>
        Block(6, body =>
        {
            body.U32(id).U32((long)(ticks >> 32)).U32((uint)ticks).U32(data.Length).U32(wireLength ?? data.Length).Padded(data);
            options?.Invoke(body);
        });

    public FileBytes Option(int code, params ReadOnlySpan<byte> value) => U16(code).U16(value.Length).Padded(value);

    public FileBytes Option(int code, string text) => Option(code, Encoding.UTF8.GetBytes(text));

    public FileBytes Option64(int code, ulong number) => U16(code).U16(8).U64(number);

    public FileBytes OptionTime(int code, ulong ticks) => U16(code).U16(8).U32((long)(ticks >> 32)).U32((uint)ticks);

    public FileBytes EndOfOptions() => U32(0);
}
