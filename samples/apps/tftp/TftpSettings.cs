using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Unp.Samples.tftp;

/// <summary>
/// The agreement of client and server on the options blksize (RFC 2348), timeout and tsize (RFC 2349) and windowsize (RFC 7440).
/// </summary>
/// <remarks>An unknown option or an invalid value is ignored. The client then finds the option missing in the OACK.</remarks>
sealed class TftpSettings
{
    const int DefaultBlockSize = 512;
    const int MinBlockSize = 8;
    const int MaxBlockSize = 65464;
    const int MaxTimeoutSeconds = 255;

    /// <summary>
    /// The largest window in bytes. It limits the memory of a transfer. The sockets of many clients have no room for more.
    /// </summary>
    const int MaxWindowBytes = 128 * 1024;

    readonly List<(string Name, long Value)> accepted = [];

    /// <summary>Decides about the options of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="fileSize">The size of the requested file, or null if it is not known.</param>
    public TftpSettings(TftpRequest request, long? fileSize)
    {
        long window = 1;
        foreach ((string name, string text) in request.Options)
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
                continue;
            switch (name)
            {
                case "blksize" when value >= MinBlockSize:
                    BlockSize = (int)Math.Min(value, MaxBlockSize);
                    accepted.Add((name, BlockSize));
                    break;
                case "timeout" when value is >= 1 and <= MaxTimeoutSeconds:
                    RetransmissionInterval = TimeSpan.FromSeconds(value);
                    accepted.Add((name, value));
                    break;
                case "tsize" when request.IsWrite || fileSize > 0: // curl refuses an answer of 0
                    accepted.Add((name, fileSize ?? value));
                    break;
                case "windowsize" when value is >= 1 and <= ushort.MaxValue:
                    window = value;
                    accepted.Add((name, value));
                    break;
            }
        }
        WindowSize = (int)Math.Min(window, Math.Max(1, MaxWindowBytes / BlockSize));
    }

    public int BlockSize { get; } = DefaultBlockSize;

    /// <summary>Gets the number of blocks that are sent before an ACK is awaited.</summary>
    public int WindowSize { get; }

    /// <summary>Gets the interval that the client has asked for, or null.</summary>
    public TimeSpan? RetransmissionInterval { get; }

    /// <summary>Returns the OACK packet. It is empty if no option was accepted, and the transfer then begins without it.</summary>
    public byte[] ToOptionAck()
    {
        if (accepted.Count == 0)
            return [];
        var text = new StringBuilder("\0\0");
        foreach ((string name, long value) in accepted)
            text.Append(CultureInfo.InvariantCulture, $"{name}\0{(name == "windowsize" ? WindowSize : value)}\0");
        byte[] packet = Encoding.ASCII.GetBytes(text.ToString());
        BinaryPrimitives.WriteUInt16BigEndian(packet, (ushort)TftpOpcode.OptionAck);
        return packet;
    }
}
