using System.Text;

namespace Unp.Samples.tftp;

/// <summary>A read or write request, RRQ or WRQ (RFC 1350 and 2347).</summary>
/// <param name="IsWrite">Whether the client sends the file.</param>
/// <param name="Name">The path of the file.</param>
/// <param name="IsNetascii">Whether the mode is netascii. Otherwise it is octet.</param>
/// <param name="Options">The options in the client's order. The names are in lower case, and none appears twice.</param>
sealed record TftpRequest(bool IsWrite, string Name, bool IsNetascii, IReadOnlyList<(string Name, string Value)> Options)
{
    /// <summary>Replaces no byte, so that a name that is not UTF-8 is refused and never becomes another name.</summary>
    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Parses a datagram.</summary>
    /// <exception cref="TftpException">The datagram is not a valid request, or the mode is not supported.</exception>
    public static TftpRequest Parse(ReadOnlySpan<byte> datagram)
    {
        TftpOpcode opcode = TftpPacket.OpcodeOf(datagram);
        if (opcode is not (TftpOpcode.ReadRequest or TftpOpcode.WriteRequest))
            throw new TftpException(TftpErrorCode.IllegalOperation, "Not a read or write request");
        ReadOnlySpan<byte> rest = datagram[2..];
        ReadOnlySpan<byte> name = TakeString(ref rest);
        string mode = TakeText(ref rest);
        if (name.IsEmpty)
            throw new TftpException(TftpErrorCode.IllegalOperation, "The request names no file");
        if (mode is not ("octet" or "netascii"))
            throw new TftpException(TftpErrorCode.IllegalOperation, mode == "mail" ? "Mail is not supported" : "Unknown transfer mode");
        return new(opcode == TftpOpcode.WriteRequest, PathOf(name), mode == "netascii", TakeOptions(rest));
    }

    static List<(string Name, string Value)> TakeOptions(ReadOnlySpan<byte> rest)
    {
        List<(string Name, string Value)> options = [];
        while (!rest.IsEmpty)
        {
            (string name, string value) = (TakeText(ref rest), TakeText(ref rest));
            if (!options.Exists(option => option.Name == name))
                options.Add((name, value));
        }
        return options;
    }

    static string PathOf(ReadOnlySpan<byte> name)
    {
        try
        {
            return Strict.GetString(name);
        }
        catch (DecoderFallbackException)
        {
            throw TftpException.For(Errno.ENOENT);
        }
    }

    /// <summary>Removes a string that a user of the protocol compares without regard to case.</summary>
    static string TakeText(ref ReadOnlySpan<byte> rest) => Encoding.ASCII.GetString(TakeString(ref rest)).ToLowerInvariant();

    static ReadOnlySpan<byte> TakeString(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)0);
        if (end < 0)
            throw new TftpException(TftpErrorCode.IllegalOperation, "The request is truncated");
        ReadOnlySpan<byte> taken = rest[..end];
        rest = rest[(end + 1)..];
        return taken;
    }
}
