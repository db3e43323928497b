namespace Unp.Samples.sock;

/// <summary>The server of <see cref="sock"/>: one client by TCP, or with -F any number; by UDP whoever sends.</summary>
/// <param name="chosen">Its options.</param>
/// <param name="options">Those of every program here.</param>
sealed class SockServer(SockOptions chosen, Options options)
{
    public void Run()
    {
        string port = chosen.Arguments[^1];
        string? host = chosen.Arguments.Length == 2 ? chosen.Arguments[0] : null;
        AddrInfo local = Host_serv(host, port, host is null ? AF_INET : AF_UNSPEC, chosen.IsUdp ? SOCK_DGRAM : SOCK_STREAM)[0];
        using Fd fd = Socket(local.Family, local.SockType, local.Protocol);
        SockSettings.Apply(fd, chosen);
        Bind(fd, host is null ? SockAddr.Any(AF_INET, local.Address.Port) : local.Address);
        SockSettings.Join(fd, chosen);
        if (chosen.IsUdp)
            ServeDatagrams(fd, port);
        else
            ServeConnections(fd, port);
    }

    void ServeDatagrams(Fd fd, string port)
    {
        options.Ready(fd, port);
        if (chosen['f'])
            Connect(fd, chosen.Address('f'));
        if (chosen['i'])
            new SockSink(fd, chosen).Run();
        else
            new SockUdp(fd, chosen, null).Run();
    }

    void ServeConnections(Fd listenfd, string port)
    {
        Listen(listenfd, chosen.Number('q', 5));
        options.Ready(listenfd, port);
        chosen.Pause('O');
        do
        {
            Fd connfd = Accept(listenfd, out SockAddr client);
            if (chosen.IsVerbose)
                err_msg($"connection on {sock.Name(Getsockname(connfd))} from {sock.Name(client)}");
            if (chosen['F'])
            {
                Child.Start(connfd, Serve);
                continue;
            }
            using (connfd)
                Serve(connfd);
        }
        while (chosen['F']);
    }

    void Serve(Fd connfd)
    {
        if (chosen['i'])
            new SockSink(connfd, chosen).Run();
        else
            new SockTcp(connfd, chosen).Run();
        chosen.Pause('Q');
    }
}
