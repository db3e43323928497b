using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Runs the UDP echo server: sends each datagram back to its sender, indefinitely (figure 8.4).</summary>
    /// <remarks>
    /// A reply that cannot be sent is dropped, as the network may drop one, and the next datagram is served. Possible reasons are
    /// a source port of 0 (EINVAL), a firewall (EPERM), or no route. A Unix client may have no path, may have exited, or may not read
    /// (EAGAIN). Only UDP waits for space. The rest of a datagram longer than <see cref="MAXLINE"/> bytes is lost, as in the book.
    /// </remarks>
    /// <param name="sockfd">A bound datagram socket.</param>
    /// <param name="replyLost">
    /// Called with the client and the reason for each reply that cannot be sent. If it is null, replies are dropped silently.
    /// </param>
    /// <exception cref="UnpException">
    /// A datagram cannot be received: ENOTSOCK, EBADF, EAGAIN (a receive time-out expired)...
    /// </exception>
    public static void Dg_echo(SafeHandle sockfd, Action<SockAddr, Errno>? replyLost = null)
    {
        if (dg_echo(sockfd, replyLost) < 0)
            throw Failed("dg_echo", sockfd);
    }

    /// <summary>
    /// Works like <see cref="Dg_echo"/>, but returns -1 and sets <see cref="Errno.Last"/> instead of throwing (figure 8.4).
    /// </summary>
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

            // Waiting for a Unix client that does not read would block the server for all other clients.
            int flags = client.Family == AF_UNIX ? MSG_DONTWAIT : 0;
            nint sent;
            do
                sent = sendto(sockfd, mesg[..(int)n], flags, client);
            while (Interrupted(sent));
            if (sent < 0)
                replyLost?.Invoke(client, Errno.Last);
        }
    }

    /// <summary>Returns whether the error belongs to an earlier reply, as reported since by ICMP or by the client's end.</summary>
    /// <remarks>Only connected sockets report such errors.</remarks>
    static bool IsPendingError(Errno error) =>
        error.IsAny(Errno.ECONNREFUSED, Errno.ECONNRESET, Errno.EHOSTUNREACH, Errno.ENETUNREACH, Errno.EHOSTDOWN);

    /// <summary>Runs the UDP echo client: sends each line as a datagram, and copies the answer to standard output (figure 8.8).</summary>
    /// <remarks>If a datagram is lost, the client waits indefinitely (UNP 8.7). It accepts an answer from any sender (UNP 8.8).</remarks>
    /// <param name="fp">The source of the lines, such as <see cref="Fd.StandardInput"/>. The function returns at its end of file.</param>
    /// <param name="sockfd">A datagram socket.</param>
    /// <param name="server">The destination of the datagrams.</param>
    /// <param name="output">The destination of the answers; null means <see cref="Fd.StandardOutput"/>.</param>
    /// <exception cref="UnpException">EMSGSIZE, ENETUNREACH, EAGAIN (a receive time-out expired)...</exception>
    public static void Dg_cli(SafeHandle fp, SafeHandle sockfd, in SockAddr server, SafeHandle? output = null)
    {
        if (dg_cli(fp, sockfd, server, output) < 0)
            throw Failed("dg_cli", sockfd);
    }

    /// <summary>
    /// Works like <see cref="Dg_cli"/>, but returns 0, or -1 with the error in <see cref="Errno.Last"/> instead of throwing (figure 8.8).
    /// </summary>
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
