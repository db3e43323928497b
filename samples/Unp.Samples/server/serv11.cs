namespace Unp.Samples.server;

/// <summary>
/// Server with one event loop per processor (UNP 30.11). Each loop is a thread with a poller and its own listening socket (SO_REUSEPORT),
/// and serves any number of clients.
/// </summary>
static class serv11
{
    public static void Main(string[] args, ProgramOptions options)
    {
        Fd first = Listening.At(args, options, "<#loops>", out int nloops, reusesPort: true);
        SockAddr address = Getsockname(first);
        using IDisposable sigint = Cpu.OnInterrupt();
        for (int i = 1; i < nloops; i++)
        {
            Fd another = Listening.Shared(address);
            ProgramThread.Start(() => Serve(another));
        }
        options.Ready(first, args[^2], handlesSigint: true);
        Serve(first);
    }

    static void Serve(Fd listenfd)
    {
        using Fd listener = listenfd;
        using Poller poller = Poller.Create();
        SetNonBlocking(listener);
        PollRegistration watched = poller.Add(listener, PollEvents.Readable);
        Span<PollEvent> events = new PollEvent[256];
        byte[] buf = new byte[MAXLINE];
        while (true)
        {
            // When no descriptor is free, the listening socket stays ready. So it is not watched for 0.1 seconds.
            bool isFull = watched.Interest == PollEvents.None;
            foreach (PollEvent ready in events[..poller.Wait(events, isFull ? TimeSpan.FromMilliseconds(100) : null)])
            {
                if (ready.State is WebConnection client)
                    Serve(poller, ready.Registration, client, buf);
                else if (TryAccept(listener, out Fd? connfd, out _, isNonBlocking: true))
                    Add(poller, new WebConnection(connfd), connfd);
                else if (Errno.Last == Errno.EAGAIN)
                    continue;
                else if (Acceptor.CanRetry(Errno.Last))
                    poller.Modify(watched, PollEvents.None);
                else
                    err_sys("accept error");
            }
            if (isFull)
                poller.Modify(watched, PollEvents.Readable);
        }
    }

    static void Add(Poller poller, WebConnection client, Fd connfd)
    {
        if (!Watched.TryAdd(poller, connfd, client))
            client.Dispose();
    }

    static void Serve(Poller poller, PollRegistration registration, WebConnection client, byte[] buf)
    {
        PollEvents wanted = client.Serve(buf);
        if (wanted == PollEvents.None)
            client.Dispose();
        else if (wanted != registration.Interest)
            poller.Modify(registration, wanted);
    }
}
