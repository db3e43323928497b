namespace Unp.Samples.sock;

/// <summary>
/// The server of <see cref="sock"/>. With TCP it serves one client, or with -F any number. With UDP it serves all senders.
/// </summary>
/// <param name="chosen">The options of the tool.</param>
/// <param name="options">The options that all programs share.</param>
sealed class SockServer(SockOptions chosen, ProgramOptions options)
{
    public void Run()
    {
        string port = chosen.Arguments[^1];
        SockAddr local = SockAddress.OfServer(chosen.Arguments.Length == 2 ? chosen.Arguments[0] : null, port, chosen.IsUdp);
        using Fd fd = Socket(local.Family, chosen.IsUdp ? SOCK_DGRAM : SOCK_STREAM);
        SockSettings settings = new SockSettings(fd, chosen).BeforeBind();
        Bind(fd, local);
        settings.Buffers();
        if (chosen.IsUdp)
            ServeDatagrams(fd, settings, port);
        else
            ServeConnections(fd, settings, port);
    }

    void ServeDatagrams(Fd fd, SockSettings settings, string port)
    {
        if (chosen['f'] && connect(fd, chosen.Address('f')) < 0)
            err_sys("connect() error");
        options.Ready(fd, port);
        settings.Apply(isFirst: true, isLast: true);
        if (chosen['i'])
            new SockSink(fd, chosen).Run();
        else
            new SockUdp(fd, chosen, null).Run();
        chosen.PauseBeforeClose();
    }

    void ServeConnections(Fd listenfd, SockSettings settings, string port)
    {
        settings.Apply(isFirst: true, isLast: false);
        Listen(listenfd, chosen.Number('q', 5));
        options.Ready(listenfd, port);
        chosen.Pause('O');
        do
        {
            Fd connfd = Acceptor.Accept(listenfd, out SockAddr client);
            if (chosen['F'])
            {
                Child.Start(connfd, fd => Serve(fd, client));
                continue;
            }
            using (connfd)
                Serve(connfd, client);
        }
        while (chosen['F']);
    }

    void Serve(Fd connfd, SockAddr client)
    {
        chosen.Report($"connection on {sock.Name(Getsockname(connfd))} from {sock.Name(client)}");
        new SockSettings(connfd, chosen).Buffers().Apply(isFirst: false, isLast: true);
        if (chosen['i'])
            new SockSink(connfd, chosen).Run();
        else
            new SockTcp(connfd, chosen).Run();
        chosen.PauseBeforeClose();
    }
}
