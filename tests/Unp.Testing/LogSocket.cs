using System.Text;
using Unp.Net;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Testing;

/// <summary>
/// A Unix datagram socket in place of syslogd's, from which a test reads the log lines. UNP_SYSLOG directs a program to it.
/// </summary>
public sealed class LogSocket : IDisposable
{
    readonly Fd fd;
    readonly byte[] buffer = new byte[1 << 16];

    /// <summary>Creates the socket and replaces an earlier one at the path.</summary>
    public LogSocket(string path)
    {
        fd = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        BindUnix(fd, path);
    }

    /// <summary>Receives the next line, unchanged.</summary>
    public string Receive() => Encoding.UTF8.GetString(buffer, 0, Recv(fd, buffer));

    /// <summary>Receives the next line without the date of RFC 3164: <c>"&lt;30&gt;name[4711]: text"</c>.</summary>
    public string ReceiveUndated()
    {
        const int DateLength = 16; // "Nov 22 17:11:28 "
        string line = Receive();
        return line.Remove(line.IndexOf('>', StringComparison.Ordinal) + 1, DateLength);
    }

    /// <summary>Whether no line is waiting.</summary>
    public bool IsEmpty => recv(fd, buffer, MSG_PEEK | MSG_DONTWAIT) < 0 && Errno.Last == Errno.EAGAIN;

    public void Dispose() => fd.Dispose();
}
