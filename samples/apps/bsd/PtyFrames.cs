using System.Buffers.Binary;
using System.Text;

namespace Unp.Samples.bsd;

/// <summary>The types of frames between <see cref="PtyClient"/> and <see cref="PtyServer"/>.</summary>
enum PtyFrameType : byte
{
    /// <summary>The client's first frame: a size as in <see cref="Size"/>, followed by the name of the terminal type (TERM).</summary>
    Start = (byte)'s',

    /// <summary>Typed or printed data.</summary>
    Data = (byte)'d',

    /// <summary>The size of the client's window: rows, columns, width and height in pixels, 16 bits each.</summary>
    Size = (byte)'w',

    /// <summary>The end of the client's input.</summary>
    End = (byte)'e',

    /// <summary>The server's last frame: the shell's status, 32 bits, or 128 plus the number of the signal that ended the shell.</summary>
    Exit = (byte)'x',
}

/// <summary>
/// The protocol of <see cref="ptysh"/>. A frame consists of one byte for the type, 16 bits for the length of the content, and the content.
/// Numbers are in network byte order. A side that receives a malformed frame ends as with <c>err_quit</c>. One thread reads frames from a
/// connection, and any thread may write them.
/// </summary>
/// <param name="sockfd">The connection.</param>
sealed class PtyFrames(Fd sockfd)
{
    const int HeaderSize = 3;
    const int SizeSize = 8;

    /// <summary>The maximum length of a terminal name that a server accepts.</summary>
    public const int MaxTermLength = 64;

    readonly Lock writing = new();
    readonly byte[] received = new byte[ushort.MaxValue];

    /// <summary>Reads the next frame. The content is valid until the next call. Returns false at the end.</summary>
    public bool TryRead(out PtyFrameType type, out ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        int n = Readn(sockfd, header);
        type = (PtyFrameType)header[0];
        int length = BinaryPrimitives.ReadUInt16BigEndian(header[1..]);
        content = received.AsSpan(0, length);
        if (n == 0)
            return false;
        if (n < HeaderSize || (length > 0 && Readn(sockfd, received.AsSpan(0, length)) < length))
            err_quit("the connection has ended within a frame");
        return true;
    }

    public void Write(PtyFrameType type, ReadOnlySpan<byte> content)
    {
        Span<byte> header = [(byte)type, (byte)(content.Length >> 8), (byte)content.Length];
        lock (writing)
        {
            Writen(sockfd, header);
            if (content.Length > 0)
                Writen(sockfd, content);
        }
    }

    public void WriteStart(winsize size, string term)
    {
        byte[] name = Encoding.ASCII.GetBytes(term.Length <= MaxTermLength ? term : "dumb");
        byte[] content = new byte[SizeSize + name.Length];
        Put(content, size);
        name.CopyTo(content, SizeSize);
        Write(PtyFrameType.Start, content);
    }

    public void WriteSize(winsize size)
    {
        Span<byte> content = stackalloc byte[SizeSize];
        Put(content, size);
        Write(PtyFrameType.Size, content);
    }

    public void WriteExit(int status)
    {
        Span<byte> content = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(content, status);
        Write(PtyFrameType.Exit, content);
    }

    /// <summary>Returns the size in a frame and the bytes that follow it.</summary>
    public static winsize SizeIn(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> rest)
    {
        if (content.Length < SizeSize)
            err_quit($"a window size must have {SizeSize} bytes, not {content.Length}");
        rest = content[SizeSize..];
        return new winsize
        {
            ws_row = BinaryPrimitives.ReadUInt16BigEndian(content),
            ws_col = BinaryPrimitives.ReadUInt16BigEndian(content[2..]),
            ws_xpixel = BinaryPrimitives.ReadUInt16BigEndian(content[4..]),
            ws_ypixel = BinaryPrimitives.ReadUInt16BigEndian(content[6..]),
        };
    }

    public static int StatusIn(ReadOnlySpan<byte> content)
    {
        if (content.Length != sizeof(int))
            err_quit($"a status must have {sizeof(int)} bytes, not {content.Length}");
        return BinaryPrimitives.ReadInt32BigEndian(content);
    }

    static void Put(Span<byte> content, winsize size)
    {
        BinaryPrimitives.WriteUInt16BigEndian(content, size.ws_row);
        BinaryPrimitives.WriteUInt16BigEndian(content[2..], size.ws_col);
        BinaryPrimitives.WriteUInt16BigEndian(content[4..], size.ws_xpixel);
        BinaryPrimitives.WriteUInt16BigEndian(content[6..], size.ws_ypixel);
    }
}
