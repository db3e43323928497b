using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>The UDP echo server's work: sends every datagram back to its sender, for ever (figure 8.4).</summary>
    /// <remarks>Of a datagram longer than <see cref="MAXLINE"/> bytes the rest is lost, as in the book.</remarks>
    /// <exception cref="UnpException">What made it end: ENOBUFS, EPERM (a firewall)...</exception>
    public static void Dg_echo(SafeHandle sockfd)
    {
        if (dg_echo(sockfd) < 0)
            throw Failed("dg_echo");
    }

    /// <summary>As <see cref="Dg_echo"/>, but returns -1 and leaves <see cref="Errno.Last"/> where that throws (figure 8.4).</summary>
    public static int dg_echo(SafeHandle sockfd)
    {
        Check(sockfd);
        Span<byte> mesg = stackalloc byte[MAXLINE];
        while (true)
        {
            nint n;
            SockAddr client;
            do
                n = recvfrom(sockfd, mesg, 0, out client);
            while (Interrupted(n));
            if (n < 0)
                return -1;

            nint sent;
            do
                sent = sendto(sockfd, mesg[..(int)n], 0, client);
            while (Interrupted(sent));
            if (sent < 0)
                return -1;
        }
    }

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
