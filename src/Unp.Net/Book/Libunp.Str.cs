using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// Serves one client of the echo server: sends everything received back until the client finishes sending (figure 5.3).
    /// </summary>
    /// <exception cref="UnpException">ECONNRESET, EPIPE: the client has disappeared.</exception>
    public static void Str_echo(SafeHandle sockfd)
    {
        if (str_echo(sockfd) < 0)
            throw Failed("str_echo", sockfd);
    }

    /// <summary>
    /// Works like <see cref="Str_echo"/>, but returns 0, or -1 with the error in <see cref="Errno.Last"/> instead of throwing (figure 5.3).
    /// </summary>
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

    /// <summary>
    /// Runs the echo client: sends each line of <paramref name="fp"/> and copies the echoed line to standard output (figure 5.5).
    /// </summary>
    /// <param name="fp">The source of the lines, such as <see cref="Fd.StandardInput"/>. The function returns at its end of file.</param>
    /// <param name="sockfd">The connection.</param>
    /// <param name="output">The destination of the answers; null means <see cref="Fd.StandardOutput"/>.</param>
    /// <exception cref="UnpException">ECONNRESET, EPIPE: the server has disappeared.</exception>
    /// <exception cref="ExitException">
    /// The server closed the connection instead of answering. The line <c>str_cli: server terminated prematurely</c> is on standard error.
    /// </exception>
    public static void Str_cli(SafeHandle fp, SafeHandle sockfd, SafeHandle? output = null)
    {
        int end = str_cli(fp, sockfd, output);
        if (end < 0)
            throw Failed("str_cli", sockfd);
        if (end > 0)
            err_quit("str_cli: server terminated prematurely");
    }

    /// <summary>Works like <see cref="Str_cli"/>, without exceptions (figure 5.5).</summary>
    /// <returns>
    /// 0 after the last line; 1 if the server closed the connection before; -1 with the error in <see cref="Errno.Last"/>.
    /// </returns>
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
