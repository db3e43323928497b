using System.Text;
using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>The destination of the packets: lines on standard output, or a file.</summary>
sealed class DumpOutput : IDisposable
{
    const int BufferLength = 16 * 1024;

    readonly DumpOptions options;
    readonly LinkType linkType;
    readonly CaptureFileWriter? writer;
    readonly PacketText text;

    public DumpOutput(DumpOptions options, LinkType linkType)
    {
        this.options = options;
        this.linkType = linkType;
        text = new PacketText(options);
        if (options.OutputFile is null)
            return;
        var source = new CaptureInterface { LinkType = linkType, SnapLength = options.SnapLength };
        writer = options.OutputFile == "-"
            ? new PcapWriter(Console.OpenStandardOutput(), source) : new PcapWriter(options.OutputFile, source);
    }

    /// <summary>Gets the number of packets.</summary>
    public long Count { get; private set; }

    public void Add(PacketTime time, ReadOnlySpan<byte> data, int wireLength)
    {
        Count++;
        if (writer != null)
        {
            writer.Write(time, data, wireLength);
            return;
        }
        text.Add(time, data, linkType, wireLength);
        if (text.Length > BufferLength)
            Flush();
    }

    /// <summary>Writes the collected lines. A file is written when its buffer is full, and at the end.</summary>
    public void Flush()
    {
        if (text.Length > 0)
            Writen(Fd.StandardOutput, Encoding.ASCII.GetBytes(text.Take()));
    }

    public void Dispose()
    {
        Flush();
        writer?.Dispose();
    }
}
