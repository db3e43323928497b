namespace Unp.Samples.advio;

/// <summary>TCP echo client that waits for the server and standard input with epoll. The book uses Solaris' /dev/poll (UNP 14.9).</summary>
static class tcpcli03
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? SERV_PORT);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);
        Connect(sockfd, servaddr);
        Str_cli(Fd.StandardInput, sockfd);
    }

    static void Str_cli(Fd fp, Fd sockfd)
    {
        const ulong Input = 0, Server = 1;
        var cli = new StrCli(fp, sockfd);
        using Fd epfd = Epoll_create1();
        Epoll_ctl(epfd, EPOLL_CTL_ADD, sockfd, EPOLLIN, Server);

        // EPOLLONESHOT, because epoll would otherwise report a pipe without a writer even while it is not read.
        // epoll rejects a file, which is always ready.
        bool isFile = epoll_ctl(epfd, EPOLL_CTL_ADD, fp, new() { events = EPOLLIN | EPOLLONESHOT, data = new() { u64 = Input } }) < 0;
        if (isFile && Errno.Last != Errno.EPERM)
            err_sys("epoll_ctl error");

        Span<epoll_event> events = stackalloc epoll_event[2];
        while (true)
        {
            bool wasSending = cli.IsSending;
            bool input = isFile && cli.IsReading;
            foreach (ref readonly epoll_event ready in events[..Epoll_wait(epfd, events, input ? TimeSpan.Zero : null)])
            {
                if (ready.data.u64 == Input)
                {
                    input = true;
                    continue;
                }
                if ((ready.events & ~EPOLLOUT) != 0 && !cli.Reply())
                    return;
                if (wasSending && (ready.events & EPOLLOUT) != 0)
                    cli.Send();
            }
            if (input)
                cli.Input();

            if (cli.IsSending != wasSending)
                Epoll_ctl(epfd, EPOLL_CTL_MOD, sockfd, cli.IsSending ? EPOLLIN | EPOLLOUT : EPOLLIN, Server);
            if (!isFile && cli.IsReading && (input || wasSending))
                Epoll_ctl(epfd, EPOLL_CTL_MOD, fp, EPOLLIN | EPOLLONESHOT, Input);
        }
    }
}
