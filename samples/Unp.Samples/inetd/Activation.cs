namespace Unp.Samples.inetd;

/// <summary>The server loop of programs that inetd or systemd starts with open sockets.</summary>
static class Activation
{
    /// <summary>
    /// Serves inherited connections, or accepts clients indefinitely from inherited listening sockets, one child per client.
    /// </summary>
    public static void Serve(ProgramOptions options, Action<Fd> serve)
    {
        using Listeners listeners = Listeners.FromEnvironment(acceptsConnection: true);
        if (listeners.Count == 0)
            err_quit("no socket was passed: start this program from inetd or systemd");

        foreach (ListenerDescriptor connection in listeners.Where(one => !one.IsListening))
            serve(connection.Fd);
        if (!listeners.Any(one => one.IsListening))
            return;

        using Poller poller = Poller.Create();
        foreach (ListenerDescriptor listener in listeners.Where(one => one.IsListening))
        {
            // accept(2) must not block when a client has gone. The starting program shares this mode, which makes no difference to it.
            SetNonBlocking(listener.Fd);
            poller.Add(listener.Fd, PollEvents.Readable);
            options.Ready(listener.Fd);
        }
        Sd_notify(SdState.Ready);
        var events = new PollEvent[16];
        bool isReported = false;
        while (true)
        {
            foreach (ref readonly PollEvent ready in events.AsSpan(0, poller.Wait(events)))
            {
                if (TryAccept(ready.Registration.Descriptor, out Fd? connfd, out _, isNonBlocking: false))
                {
                    isReported = false;
                    Child.Start(connfd, serve);
                }
                else if (!Acceptor.CanRetry(Errno.Last))
                {
                    throw new UnpException(Errno.Last, "accept");
                }
                else if (Errno.Last != Errno.EAGAIN)
                {
                    Acceptor.Pause($"accept error: {Errno.Last.Message}", ref isReported);
                }
            }
        }
    }
}
