using System.Text;
using Unp.Net;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>What syslogd has: a Unix datagram socket, from which a test reads the lines that come. UNP_SYSLOG leads a program to it.</summary>
public sealed class LogSocket : IDisposable
{
    readonly Fd fd;
    readonly byte[] buffer = new byte[1 << 16];

    /// <summary>Makes the socket; what an earlier one has left at the path is replaced.</summary>
    public LogSocket(string path)
    {
        fd = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        Bind_unix(fd, path);
    }

    /// <summary>The next line, as it came.</summary>
    public string Receive() => Encoding.UTF8.GetString(buffer, 0, Recv(fd, buffer));

    /// <summary>The next line without its head of RFC 3164: <c>"&lt;30&gt;name[4711]: text"</c>.</summary>
    public string ReceiveUndated()
    {
        const int DateLength = 16; // "Nov 22 17:11:28 "
        string line = Receive();
        return line.Remove(line.IndexOf('>', StringComparison.Ordinal) + 1, DateLength);
    }

    /// <summary>Whether nothing is there to be read.</summary>
    public bool IsEmpty => recv(fd, buffer, MSG_PEEK | MSG_DONTWAIT) < 0 && Errno.Last == Errno.EAGAIN;

    public void Dispose() => fd.Dispose();
}
