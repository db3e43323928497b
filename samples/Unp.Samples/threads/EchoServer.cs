namespace Unp.Samples.threads;

/// <summary>The common start of this chapter's echo servers.</summary>
static class EchoServer
{
    /// <summary>Creates the listening socket of a server whose arguments are <c>[ &lt;host&gt; ] &lt;service&gt;</c>.</summary>
    public static Fd Listen(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <service>");
        Fd listenfd = Tcp_listen(args.Length == 2 ? args[0] : null, args[^1]);
        options.Ready(listenfd, args[^1]);
        return listenfd;
    }
}
