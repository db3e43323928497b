using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>The echo server's work for one client: sends back whatever comes, until the client is done (figure 5.3).</summary>
    /// <exception cref="UnpException">ECONNRESET, EPIPE: the client is gone.</exception>
    public static void Str_echo(SafeHandle sockfd)
    {
        if (str_echo(sockfd) < 0)
            throw Failed("str_echo");
    }

    /// <summary>As <see cref="Str_echo"/>, but returns 0, or -1 with <see cref="Errno.Last"/> where that throws (figure 5.3).</summary>
    public static int str_echo(SafeHandle sockfd)
    {
        Check(sockfd);
        Span<byte> buf = stackalloc byte[MAXLINE];
        nint n;
        while ((n = ReadSome(sockfd, buf)) > 0)
        {
            if (writen(sockfd, buf[..(int)n]) < 0)
                return -1;
        }
        return (int)n;
    }

    /// <summary>The echo client's work: sends each line of <paramref name="fp"/>, and copies the line that comes back to standard output (figure 5.5).</summary>
    /// <param name="fp">Where the lines come from, as <see cref="Fd.StandardInput"/>; its end ends the work.</param>
    /// <param name="sockfd">The connection.</param>
    /// <param name="output">Where the answers go, <see cref="Fd.StandardOutput"/> when it is null.</param>
    /// <exception cref="UnpException">ECONNRESET, EPIPE: the server is gone.</exception>
    /// <exception cref="ExitException">
    /// The server closed the connection instead of answering; <c>str_cli: server terminated prematurely</c> is on standard error.
    /// </exception>
    public static void Str_cli(SafeHandle fp, SafeHandle sockfd, SafeHandle? output = null)
    {
        int end = str_cli(fp, sockfd, output);
        if (end < 0)
            throw Failed("str_cli");
        if (end > 0)
            err_quit("str_cli: server terminated prematurely");
    }

    /// <summary>As <see cref="Str_cli"/>, without exceptions (figure 5.5).</summary>
    /// <returns>0 when the lines are done; 1 when the server closed the connection before; -1 with <see cref="Errno.Last"/> where that throws.</returns>
    public static int str_cli(SafeHandle fp, SafeHandle sockfd, SafeHandle? output = null)
    {
        Check(fp);
        Check(sockfd);
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = readline(fp, line)) > 0)
        {
            if (writen(sockfd, line[..n]) < 0 || (n = readline(sockfd, line)) < 0)
                return -1;
            if (n == 0)
                return 1;
            if (writen(output ?? Fd.StandardOutput, line[..n]) < 0)
                return -1;
        }
        return n;
    }
}
