using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>An endless supply of 35-byte lines through a socket pair. A thread writes whenever the socket accepts data.</summary>
sealed class Feed : IDisposable
{
    public const int LineSize = 35;

    readonly Fd writer;
    readonly Thread thread;

    public Feed()
    {
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd reader, out writer);
        Reader = reader;
        byte[] lines = new byte[LineSize * 1800];
        for (int i = 0; i < lines.Length; i++)
            lines[i] = i % LineSize == LineSize - 1 ? (byte)'\n' : (byte)('a' + i % 26);
        thread = new Thread(() =>
        {
            while (writen(writer, lines) > 0)
            {
            }
        });
        thread.Start();
    }

    public Fd Reader { get; }

    public void Dispose()
    {
        Shutdown(writer, SHUT_RDWR);
        thread.Join();
        Reader.Dispose();
        writer.Dispose();
    }
}
