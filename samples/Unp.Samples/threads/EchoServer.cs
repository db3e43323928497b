namespace Unp.Samples.threads;

/// <summary>A function that reads a line: the library's, or <see cref="Rline.Readline"/>.</summary>
delegate int LineFunction(Fd fd, Span<byte> line);

/// <summary>The outside of this chapter's echo servers.</summary>
static class EchoServer
{
    /// <summary>Makes the listening socket of a server whose arguments are <c>[ &lt;host&gt; ] &lt;service&gt;</c>.</summary>
    public static Fd Listen(string program, string[] args, Options options)
    {
        if (args.Length is not (1 or 2))
            err_quit($"usage: {program} [ <host> ] <service>");
        Fd listenfd = Tcp_listen(args.Length == 2 ? args[0] : null, args[^1]);
        options.Ready(listenfd, args[^1]);
        return listenfd;
    }

    /// <summary>Serves a client and closes its connection. Its failure is printed and ends this thread, where C's <c>err_sys</c> ends all of them.</summary>
    public static void Doit(Fd connfd, Action<Fd> serve)
    {
        using (connfd)
            UnpProgram.Run(() => serve(connfd));
    }

    /// <summary>Echoes lines, which one of the functions reads.</summary>
    public static void Echo_lines(Fd sockfd, LineFunction readline)
    {
        Span<byte> line = stackalloc byte[MAXLINE];
        int n;
        while ((n = readline(sockfd, line)) > 0)
            Writen(sockfd, line[..n]);
    }
}
