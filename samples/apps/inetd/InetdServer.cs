using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Unp.Samples.inetd;

/// <summary>The superserver. One poller watches all sockets and all started programs.</summary>
/// <param name="file">The configuration file.</param>
/// <param name="maxPerMinute">The limit of starts per minute of a service whose line has none. 0 means no limit.</param>
/// <param name="maxPerSource">The limit of starts per minute and client address. 0 means no limit.</param>
/// <param name="opened">Called with the address and service of each new socket.</param>
sealed partial class InetdServer(string file, int maxPerMinute, int maxPerSource, Action<SockAddr, string> opened) : IDisposable
{
    const int MaxAtOnce = 64;

    /// <summary>
    /// The number of threads that start programs. A starting thread blocks until the kernel has loaded the program. On 2 busy processors,
    /// 4 threads started 1360 programs per second, and 1 thread 750.
    /// </summary>
    const int Starters = 4;

    /// <summary>The interval at which a program without a descriptor in the poller is checked.</summary>
    static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(0.1);

    readonly Poller poller = Poller.Create();
    readonly List<InetdService> services = [];
    readonly Dictionary<SpawnedProcess, InetdService> unwatched = [];
    readonly List<Thread> starters = [];
    readonly BlockingCollection<Action> starts = new(MaxAtOnce);
    readonly ConcurrentQueue<Action> outcomes = new();
    readonly byte[] buffer = new byte[1 << 16];
    volatile bool isReloadRequested;
    volatile bool isStopRequested;

    /// <summary>Reads the configuration and opens the sockets. Sockets of removed lines are closed, but their programs continue.</summary>
    public void Reload()
    {
        List<InetdEntry> entries;
        try
        {
            entries = InetdConfig.Read(file, err_msg);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            err_msg($"{file}: {failure.Message}");
            return;
        }
        foreach (InetdService gone in services.Where(service => !entries.Exists(entry => IsSame(entry, service.Entry))).ToArray())
        {
            services.Remove(gone);
            Unwatch(gone);
            gone.Dispose();
        }
        foreach (InetdEntry entry in entries)
        {
            if (services.Find(service => IsSame(entry, service.Entry)) is { } kept)
                kept.Entry = entry;
            else
                services.Add(new InetdService(entry, TimeProvider.System));
        }
        foreach (InetdService service in services.Where(service => !service.IsPaused))
            Watch(service);
    }

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    public void Run()
    {
        var events = new PollEvent[MaxAtOnce];
        for (int i = 0; i < Starters; i++)
        {
            starters.Add(new Thread(StartPrograms) { IsBackground = true });
            starters[i].Start();
        }
        while (!isStopRequested)
        {
            int count = poller.Wait(events, WaitTimeout());
            for (int i = 0; i < count && !isStopRequested; i++)
            {
                if (events[i].Registration.IsAdded)
                    ((Action)events[i].State!)();
            }
            while (outcomes.TryDequeue(out Action? outcome))
                outcome();
            foreach (var (child, service) in unwatched.ToArray())
                Reap(service, child);
            if (isReloadRequested)
            {
                isReloadRequested = false;
                Reload();
            }
            foreach (InetdService service in services.Where(service => service.IsPaused && service.Rest == TimeSpan.Zero))
            {
                service.Resume();
                Watch(service);
            }
        }
    }

    /// <summary>Requests that <see cref="Run"/> reads the configuration again.</summary>
    public void ReloadSoon()
    {
        isReloadRequested = true;
        poller.Wake();
    }

    public void Stop()
    {
        isStopRequested = true;
        poller.Wake();
    }

    public void Dispose()
    {
        starts.CompleteAdding();
        starters.ForEach(thread => thread.Join()); // accepted clients are still served
        starts.Dispose();
        services.ForEach(service => service.Dispose());
        poller.Dispose();
    }

    /// <summary>Returns whether two entries use the same socket in the same way.</summary>
    static bool IsSame(InetdEntry first, InetdEntry second) =>
        first.Key == second.Key && (first.IsWait, first.Program is null) == (second.IsWait, second.Program is null);

    TimeSpan? WaitTimeout()
    {
        TimeSpan? rest = services.Where(service => service.IsPaused).Select(service => (TimeSpan?)service.Rest).Min();
        return unwatched.Count > 0 && !(rest < CheckInterval) ? CheckInterval : rest;
    }

    /// <summary>Opens the socket if necessary and watches it, unless a program owns it.</summary>
    void Watch(InetdService service)
    {
        if (service.IsTaken || service.Watched is not null)
            return;
        try
        {
            if (service.Socket is null)
            {
                service.Open();
                service.Recover();
                opened(Getsockname(service.Socket!), service.Entry.Service);
            }
            service.Watched = poller.Add(service.Socket!, PollEvents.Readable, (Action)(() => Serve(service)));
        }
        catch (SocketException failure)
        {
            Rest(service, failure.Message);
        }
    }

    void Unwatch(InetdService service)
    {
        if (service.Watched is { } registration)
            poller.Remove(registration);
        service.Watched = null;
    }

    void Rest(InetdService service, UnpException failure)
    {
        // EAGAIN: the system has no room for another process at the moment.
        if (failure.Errno.IsShortage || failure.Errno == Errno.EAGAIN)
            RestBriefly(service, failure);
        else
            Rest(service, failure.Message);
    }

    /// <summary>Pauses a service, because its socket stays ready and the poller would spin.</summary>
    void RestBriefly(InetdService service, UnpException failure)
    {
        Unwatch(service);
        if (service.PauseInShortage())
            err_msg($"{service.Entry.Where}: {service.Entry.Key}: {failure.Message}; retrying every 0.1 s");
    }

    /// <summary>Reports a client that is closed because the system has no room for it. Other clients are not affected.</summary>
    static void Lose(InetdService service, UnpException failure)
    {
        if (service.MayReport())
            err_msg($"{service.Entry.Where}: {service.Entry.Key}: {failure.Message}; closing a client");
    }

    void Rest(InetdService service, string reason)
    {
        Unwatch(service);
        TimeSpan pause = service.PauseLonger();
        err_msg($"{service.Entry.Where}: {service.Entry.Key}: {reason}; retrying in {pause.TotalSeconds:0} s");
    }

    /// <summary>Handles a ready socket.</summary>
    void Serve(InetdService service)
    {
        try
        {
            if (!service.Entry.IsTcp && service.Entry.Program is null)
                Reply(service);
            else if (service.Entry.IsWait)
                StartWaiting(service);
            else
                Accept(service);
        }
        catch (UnpException failure)
        {
            Rest(service, failure);
        }
    }

    void StartWaiting(InetdService service)
    {
        if (!IsAllowed(service))
            return;
        Unwatch(service);
        WatchEnd(service, Start(service.Entry, service.Socket!));
        service.IsTaken = true;
    }

    void Accept(InetdService service)
    {
        bool isOwn = service.Entry.Program is null;
        for (int i = 0; i < MaxAtOnce && service.Watched is not null && HasClient(service.Socket!); i++)
        {
            if (!IsAllowed(service))
                return;
            if (!TryAccept(service.Socket!, out Fd? connfd, out SockAddr client, isNonBlocking: isOwn))
            {
                var failure = new UnpException(Errno.Last, "accept");
                service.Rate.TakeBack();
                if (failure.Errno != Errno.EAGAIN) // the client has gone
                    RestBriefly(service, failure);
                return;
            }
            if (!IsAllowed(service, client))
                connfd.Dispose();
            else if (isOwn)
                Begin(service, connfd);
            else
                StartBeside(service, service.Entry, connfd);
        }
    }

    /// <summary>Returns whether a connection is pending, because only a real connection may count towards the limit.</summary>
    static bool HasClient(Fd listenfd) => Readable_timeo(listenfd, TimeSpan.Zero) > 0;

    bool IsAllowed(InetdService service)
    {
        int limit = service.Entry.MaxPerMinute ?? maxPerMinute;
        if (service.Rate.Count(limit))
            return true;
        Unwatch(service);
        service.Pause(service.Rate.Rest);
        string problem = $"more than {limit} starts per minute";
        err_msg($"{service.Entry.Where}: {service.Entry.Key}: {problem}; pausing for {Math.Ceiling(service.Rate.Rest.TotalSeconds)} s");
        return false;
    }

    bool IsAllowed(InetdService service, in SockAddr client)
    {
        bool isAllowed = service.Rate.Count(client.Address, maxPerSource, out bool isFirst);
        if (isFirst)
        {
            string problem = $"more than {maxPerSource} starts per minute from {client.Address}";
            err_msg($"{service.Entry.Where}: {service.Entry.Key}: {problem}; refusing it");
        }
        return isAllowed;
    }

    /// <summary>Serves a client of an internal service and closes its connection at the end.</summary>
    void Begin(InetdService service, Fd connfd)
    {
        string name = service.Entry.Arguments[0];
        if (InternalService.Reply(name) is { Length: > 0 } reply)
        {
            using (connfd)
                _ = writen(connfd, reply); // so few bytes fit into the send buffer
            return;
        }
        InternalConnection connection = InternalConnection.Of(name, connfd);
        PollRegistration? watched = null;
        try
        {
            watched = poller.Add(connfd, connection.Interest, (Action)Go);
        }
        catch (UnpException failure)
        {
            End(failure);
        }

        void Go()
        {
            PollEvents before = connection.Interest;
            if (!connection.Go(buffer))
            {
                End(null);
                return;
            }
            try
            {
                if (connection.Interest != before)
                    poller.Modify(watched!, connection.Interest);
            }
            catch (UnpException failure)
            {
                End(failure);
            }
        }

        void End(UnpException? failure)
        {
            if (watched is not null)
                poller.Remove(watched);
            connection.Dispose();
            if (failure is not null)
                Lose(service, failure);
        }
    }

    void Reply(InetdService service)
    {
        Fd socket = service.Socket!;
        for (int i = 0; i < MaxAtOnce; i++)
        {
            nint n = recvfrom(socket, buffer, 0, out SockAddr from);
            if (n < 0)
                return; // no datagram is left, or an ICMP error for an earlier reply was reported
            if (IsAllowed(service, from)
                && InternalService.ReplyToDatagram(service.Entry.Arguments[0], buffer.AsSpan(0, (int)n), from) is { } reply)
            {
                _ = sendto(socket, reply, 0, from);
            }
        }
    }
}
