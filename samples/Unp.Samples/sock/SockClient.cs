namespace Unp.Samples.sock;

/// <summary>The client of <see cref="sock"/>.</summary>
/// <param name="options">Its options.</param>
sealed class SockClient(SockOptions options)
{
    public void Run()
    {
        using Fd fd = Connect(out SockAddr server);
        if (options['i'])
            new SockSource(fd, options, options['o'] ? server : default(SockAddr?)).Run();
        else if (options.IsUdp)
            new SockUdp(fd, options, options['o'] ? server : default(SockAddr?)).Run();
        else
            new SockTcp(fd, options).Run();
        options.Pause('Q');
    }

    /// <summary>Tries the addresses of the host one after another.</summary>
    Fd Connect(out SockAddr server)
    {
        string host = options.Arguments[0];
        string port = options.Arguments[1];
        int family = options['l'] ? options.Address('l').Family : AF_UNSPEC;
        Errno reason = default;
        foreach (AddrInfo one in Host_serv(host, port, family, options.IsUdp ? SOCK_DGRAM : SOCK_STREAM))
        {
            Fd fd = Socket(one.Family, one.SockType, one.Protocol);
            try
            {
                SockSettings.Apply(fd, options);
                BindLocal(fd);
                SockSettings.Join(fd, options);
                server = one.Address;
                if (options['o'])
                    return fd;
                if (connect(fd, server) == 0)
                {
                    TellConnected(fd);
                    return fd;
                }
                reason = Errno.Last;
            }
            catch
            {
                fd.Dispose();
                throw;
            }
            fd.Dispose();
        }
        Errno.Last = reason;
        err_sys($"connect() error for {host}, {port}");
        throw new InvalidOperationException();
    }

    void BindLocal(Fd fd)
    {
        if (options['l'])
            Bind(fd, options.Address('l'));
        else if (options['b'])
            Bind(fd, SockAddr.Any(Sockfd_to_family(fd), options.Number('b')));
    }

    void TellConnected(Fd fd)
    {
        if (!options.IsVerbose)
            return;
        err_msg($"connected on {sock.Name(Getsockname(fd))} to {sock.Name(Getpeername(fd))}");
        if (!options.IsUdp && options['X'])
            err_msg($"TCP_MAXSEG = {Getsockopt(fd, SocketOptions.TcpMaxSeg)}");
    }
}
