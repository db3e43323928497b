namespace Unp.Samples.sock;

/// <summary>The client of <see cref="sock"/>.</summary>
/// <param name="options">The options of the command line.</param>
sealed class SockClient(SockOptions options)
{
    public void Run()
    {
        using Fd fd = Connect(out SockAddr server);
        SockAddr? peer = options.IsUdp && !options.IsConnectedUdp ? server : default(SockAddr?);
        if (options['i'])
            new SockSource(fd, options, peer).Run();
        else if (options.IsUdp)
            new SockUdp(fd, options, peer).Run();
        else
            new SockTcp(fd, options).Run();
        options.PauseBeforeClose();
    }

    /// <summary>Tries the addresses of the host one after another.</summary>
    Fd Connect(out SockAddr server)
    {
        int family = options['l'] ? options.Address('l').Family : AF_UNSPEC;
        Errno reason = default;
        server = default;
        foreach (AddrInfo one in SockAddress.Of(options.Arguments[0], options.Arguments[1], family, options.IsUdp))
        {
            server = one.Address;
            Fd fd = Socket(one.Family, one.SockType, one.Protocol);
            try
            {
                SockSettings settings = new SockSettings(fd, options).BeforeBind();
                BindLocal(fd);
                settings.Buffers().Apply(isFirst: true, isLast: false);
                if ((options.IsUdp && !options.IsConnectedUdp) || connect(fd, server) == 0)
                {
                    options.Report($"connected on {sock.Name(Getsockname(fd))} to {sock.Name(server)}");
                    settings.Apply(isFirst: false, isLast: true);
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
        err_sys("connect() error");
        throw new InvalidOperationException();
    }

    /// <summary>Binds the local address. A UDP client is always bound, so that it has a port before it sends.</summary>
    void BindLocal(Fd fd)
    {
        if (options['l'])
        {
            SockAddr local = options.Address('l');
            local.Port = options.LocalPort;
            Bind(fd, local);
        }
        else if (options.LocalPort != 0 || options.IsUdp)
        {
            Bind(fd, SockAddr.Any(Sockfd_to_family(fd), options.LocalPort));
        }
    }
}
