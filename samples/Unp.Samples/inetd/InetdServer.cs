using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Unp.Samples.inetd;

/// <summary>One poller for all sockets, and for all programs that were started.</summary>
/// <param name="file">The configuration.</param>
/// <param name="maxPerMinute">How often a service may be started in a minute, if its line does not say; 0: any number.</param>
/// <param name="maxPerSource">How often of one address; 0: any number.</param>
/// <param name="opened">Is told of each socket.</param>
sealed partial class InetdServer(string file, int maxPerMinute, int maxPerSource, Action<SockAddr, string> opened) : IDisposable
{
    const int MostAtOnce = 64;

    /// <summary>
    /// A thread that starts a program stands still until the kernel has loaded it; others can be started meanwhile. (On 2 busy processors
    /// 1360 a second by 4 threads, 750 by 1.)
    /// </summary>
    const int Starters = 4;

    /// <summary>How often a program is asked for that has no descriptor in the poller.</summary>
    static readonly TimeSpan AskInterval = TimeSpan.FromSeconds(0.1);

    readonly Poller poller = Poller.Create();
    readonly List<InetdService> services = [];
    readonly Dictionary<SpawnedProcess, InetdService> unwatched = [];
    readonly List<Thread> starters = [];
    readonly BlockingCollection<Action> starts = new(MostAtOnce);
    readonly ConcurrentQueue<Action> outcomes = new();
    readonly byte[] buffer = new byte[1 << 16];
    volatile bool isToReload;
    volatile bool isToStop;

    /// <summary>Reads the configuration and opens the sockets; what is no longer there is closed, but what was started for it goes on.</summary>
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
        var events = new PollEvent[MostAtOnce];
        for (int i = 0; i < Starters; i++)
        {
            starters.Add(new Thread(StartPrograms) { IsBackground = true });
            starters[i].Start();
        }
        while (!isToStop)
        {
            int count = poller.Wait(events, Patience());
            for (int i = 0; i < count && !isToStop; i++)
            {
                if (events[i].Registration.IsAdded)
                    ((Action)events[i].State!)();
            }
            while (outcomes.TryDequeue(out Action? outcome))
                outcome();
            foreach (var (child, service) in unwatched.ToArray())
                Reap(service, child);
            if (isToReload)
            {
                isToReload = false;
                Reload();
            }
            foreach (InetdService service in services.Where(service => service.IsPaused && service.Rest == TimeSpan.Zero))
            {
                service.Resume();
                Watch(service);
            }
        }
    }

    /// <summary>Reads the configuration again, soon.</summary>
    public void ReloadSoon()
    {
        isToReload = true;
        poller.Wake();
    }

    public void Stop()
    {
        isToStop = true;
        poller.Wake();
    }

    public void Dispose()
    {
        starts.CompleteAdding();
        starters.ForEach(thread => thread.Join()); // who was accepted is served
        starts.Dispose();
        services.ForEach(service => service.Dispose());
        poller.Dispose();
    }

    /// <summary>With the same socket, and opened in the same way.</summary>
    static bool IsSame(InetdEntry first, InetdEntry second) =>
        first.Key == second.Key && (first.IsWait, first.Program is null) == (second.IsWait, second.Program is null);

    TimeSpan? Patience()
    {
        TimeSpan? rest = services.Where(service => service.IsPaused).Select(service => (TimeSpan?)service.Rest).Min();
        return unwatched.Count > 0 && !(rest < AskInterval) ? AskInterval : rest;
    }

    /// <summary>Opens a service that has no socket yet, and waits for clients, unless a program has the socket.</summary>
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
        // EAGAIN: the system has no room for another process just now.
        if (failure.Errno.IsShortage || failure.Errno == Errno.EAGAIN)
            RestBriefly(service, failure);
        else
            Rest(service, failure.Message);
    }

    /// <summary>The poller would spin on a socket that stays ready.</summary>
    void RestBriefly(InetdService service, UnpException failure)
    {
        Unwatch(service);
        if (service.PauseInShortage())
            err_msg($"{service.Entry.Where}: {service.Entry.Key}: {failure.Message}; tried again every 0.1 s");
    }

    /// <summary>A client that the system has no room for is lost, and no other one.</summary>
    static void Lose(InetdService service, UnpException failure)
    {
        if (service.MayReport())
            err_msg($"{service.Entry.Where}: {service.Entry.Key}: {failure.Message}; a client is lost");
    }

    void Rest(InetdService service, string reason)
    {
        Unwatch(service);
        TimeSpan pause = service.PauseLonger();
        err_msg($"{service.Entry.Where}: {service.Entry.Key}: {reason}; tried again in {pause.TotalSeconds:0} s");
    }

    /// <summary>Somebody has come.</summary>
    void Serve(InetdService service)
    {
        try
        {
            if (!service.Entry.IsTcp && service.Entry.Program is null)
                Answer(service);
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
        for (int i = 0; i < MostAtOnce && service.Watched is not null && IsAnybodyThere(service.Socket!); i++)
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

    /// <summary>Whether a connection waits: one that is not there must not be counted.</summary>
    static bool IsAnybodyThere(Fd listenfd) => Readable_timeo(listenfd, TimeSpan.Zero) > 0;

    bool IsAllowed(InetdService service)
    {
        int limit = service.Entry.MaxPerMinute ?? maxPerMinute;
        if (service.Rate.Count(limit))
            return true;
        Unwatch(service);
        service.Pause(service.Rate.Rest);
        err_msg($"{service.Entry.Where}: {service.Entry.Key}: more than {limit} in a minute; served again in {Math.Ceiling(service.Rate.Rest.TotalSeconds)} s");
        return false;
    }

    bool IsAllowed(InetdService service, in SockAddr client)
    {
        bool isAllowed = service.Rate.Count(client.Address, maxPerSource, out bool isFirst);
        if (isFirst)
            err_msg($"{service.Entry.Where}: {service.Entry.Key}: more than {maxPerSource} in a minute from {client.Address}; refused");
        return isAllowed;
    }

    /// <summary>Serves a client of one of inetd's own services, whose connection it closes.</summary>
    void Begin(InetdService service, Fd connfd)
    {
        string name = service.Entry.Arguments[0];
        if (InternalService.Answer(name) is { Length: > 0 } answer)
        {
            using (connfd)
                _ = writen(connfd, answer); // there is room for so little
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

    void Answer(InetdService service)
    {
        Fd socket = service.Socket!;
        for (int i = 0; i < MostAtOnce; i++)
        {
            nint n = recvfrom(socket, buffer, 0, out SockAddr from);
            if (n < 0)
                return; // none is there, or an answer was not wanted
            if (IsAllowed(service, from)
                && InternalService.AnswerDatagram(service.Entry.Arguments[0], buffer.AsSpan(0, (int)n), from) is { } answer)
            {
                _ = sendto(socket, answer, 0, from);
            }
        }
    }
}
