using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>The UDP echo server's work: sends every datagram back to its sender, without end (figure 8.4).</summary>
    /// <remarks>
    /// A reply that cannot be sent concerns its client only, so it is dropped as the network drops one, and the next datagram is served.
    /// Such failures are a source port 0 (EINVAL), a firewall (EPERM), no route, and a unix client that has no path, has gone, or does not
    /// read (EAGAIN; only UDP waits for room). Of a datagram longer than <see cref="MAXLINE"/> bytes the rest is lost, as in the book.
    /// </remarks>
    /// <param name="sockfd">A bound datagram socket.</param>
    /// <param name="replyLost">Called with the client and the reason for each reply that cannot be sent; null: the loss is silent.</param>
    /// <exception cref="UnpException">
    /// A datagram cannot be received: ENOTSOCK, EBADF, EAGAIN (a time-out was set and ran out)...
    /// </exception>
    public static void Dg_echo(SafeHandle sockfd, Action<SockAddr, Errno>? replyLost = null)
    {
        if (dg_echo(sockfd, replyLost) < 0)
            throw Failed("dg_echo");
    }

    /// <summary>As <see cref="Dg_echo"/>, but returns -1 and leaves <see cref="Errno.Last"/> where that throws (figure 8.4).</summary>
    public static int dg_echo(SafeHandle sockfd, Action<SockAddr, Errno>? replyLost = null)
    {
        Check(sockfd);
        Span<byte> mesg = stackalloc byte[MAXLINE];
        while (true)
        {
            nint n = recvfrom(sockfd, mesg, 0, out SockAddr client);
            if (n < 0 && Errno.Last != Errno.EINTR && !IsPendingError(Errno.Last))
                return -1;
            if (n < 0)
                continue;

            // A unix client that does not read would otherwise block the server for all others.
            int flags = client.Family == AF_UNIX ? MSG_DONTWAIT : 0;
            nint sent;
            do
                sent = sendto(sockfd, mesg[..(int)n], flags, client);
            while (Interrupted(sent));
            if (sent < 0)
                replyLost?.Invoke(client, Errno.Last);
        }
    }

    /// <summary>
    /// Whether the error is an earlier reply's, which ICMP or the client's end has reported meanwhile. Only connected sockets have it.
    /// </summary>
    static bool IsPendingError(Errno error) =>
        error == Errno.ECONNREFUSED || error == Errno.ECONNRESET
        || error == Errno.EHOSTUNREACH || error == Errno.ENETUNREACH || error == Errno.EHOSTDOWN;

    /// <summary>The UDP echo client's work: sends each line as a datagram, and copies the one that comes back to standard output (figure 8.8).</summary>
    /// <remarks>A datagram that is lost leaves it waiting for ever (section 8.7), and anybody may answer (section 8.8).</remarks>
    /// <param name="fp">Where the lines come from, as <see cref="Fd.StandardInput"/>; its end ends the work.</param>
    /// <param name="sockfd">A datagram socket.</param>
    /// <param name="server">Where the datagrams go.</param>
    /// <param name="output">Where the answers go, <see cref="Fd.StandardOutput"/> when it is null.</param>
    /// <exception cref="UnpException">EMSGSIZE, ENETUNREACH, EAGAIN (a time-out was set and ran out)...</exception>
    public static void Dg_cli(SafeHandle fp, SafeHandle sockfd, in SockAddr server, SafeHandle? output = null)
    {
        if (dg_cli(fp, sockfd, server, output) < 0)
            throw Failed("dg_cli");
    }

    /// <summary>As <see cref="Dg_cli"/>, but returns 0, or -1 with <see cref="Errno.Last"/> where that throws (figure 8.8).</summary>
    public static int dg_cli(SafeHandle fp, SafeHandle sockfd, in SockAddr server, SafeHandle? output = null)
    {
        Check(fp);
        Check(sockfd);
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = readline(fp, line)) > 0)
        {
            nint moved;
            do
                moved = sendto(sockfd, line[..n], 0, server);
            while (Interrupted(moved));
            if (moved < 0)
                return -1;
            do
                moved = recv(sockfd, line);
            while (Interrupted(moved));
            if (moved < 0 || writen(output ?? Fd.StandardOutput, line[..(int)moved]) < 0)
                return -1;
        }
        return n;
    }
}
