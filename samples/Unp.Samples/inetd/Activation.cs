namespace Unp.Samples.inetd;

/// <summary>What a program does with the sockets that it was started with.</summary>
static class Activation
{
    /// <summary>Serves the connections that it was started with, or accepts them from listening sockets, a child for each, for ever.</summary>
    public static void Serve(Options options, Action<Fd> serve)
    {
        using Listeners listeners = Listeners.FromEnvironment(acceptsConnection: true);
        if (listeners.Count == 0)
            err_quit("no socket: inetd or systemd has to start this");

        foreach (ListenerDescriptor connection in listeners.Where(one => !one.IsListening))
            serve(connection.Fd);
        if (!listeners.Any(one => one.IsListening))
            return;

        using Poller poller = Poller.Create();
        foreach (ListenerDescriptor listener in listeners.Where(one => one.IsListening))
        {
            // It is the same for whoever has started this: it must not wait in accept for a client that is gone.
            Set_nonblock(listener.Fd);
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
                else if (Errno.Last != Errno.EAGAIN)
                {
                    // The socket stays ready, and the poller would spin.
                    if (!isReported)
                        err_msg($"accept error: {Errno.Last.Message}; tried again every 0.1 s");
                    isReported = true;
                    Thread.Sleep(100);
                }
            }
        }
    }
}
