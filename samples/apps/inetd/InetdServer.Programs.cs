namespace Unp.Samples.inetd;

// The part that starts programs and reaps them.
sealed partial class InetdServer
{
    /// <summary>
    /// Queues the start of a connection's program to a starter thread, which then closes the connection here. Waits if the queue is full.
    /// </summary>
    void StartBeside(InetdService service, InetdEntry entry, Fd connfd) => starts.Add(() =>
    {
        Action outcome;
        try
        {
            using (connfd)
            {
                SpawnedProcess child = Start(entry, connfd);
                outcome = () =>
                {
                    service.Recover();
                    WatchEnd(service, child);
                };
            }
        }
        catch (Exception failure) when (failure is UnpException or IOException or OutOfMemoryException)
        {
            outcome = () =>
            {
                // When several starts fail together, only the first failure is reported.
                if (service.IsPaused || !services.Contains(service))
                    return;
                if (failure is UnpException refused)
                    Rest(service, refused);
                else
                    Rest(service, failure.Message);
            };
        }
        outcomes.Enqueue(outcome);
        poller.Wake();
    });

    void StartPrograms()
    {
        foreach (Action start in starts.GetConsumingEnumerable())
            start();
    }

    /// <summary>Starts the program with the socket as its standard input, output and error.</summary>
    static SpawnedProcess Start(InetdEntry entry, Fd socket)
    {
        var options = new SpawnOptions
        {
            Descriptors = { [STDIN_FILENO] = socket, [STDOUT_FILENO] = socket, [STDERR_FILENO] = socket },
            StartsSession = !OperatingSystem.IsFreeBSD(),
            SearchesPath = false,
            Name = entry.IsOwnAccount ? entry.Arguments[0] : null,
        };
        if (entry.IsOwnAccount)
            return Spawn(entry.Program!, [.. entry.Arguments.Skip(1)], options);
        string[] becoming = Account.Arguments(entry.User, entry.Group, entry.Program!, entry.Arguments);
        return Spawn(OwnCommand.Program, [.. OwnCommand.HostArguments, .. becoming], options);
    }

    /// <summary>
    /// Watches for the end of a program. If no descriptor is free for the pidfd, or the poller has no room, the program is polled instead.
    /// </summary>
    void WatchEnd(InetdService service, SpawnedProcess child)
    {
        try
        {
            if (child.Pidfd is { } pidfd)
            {
                poller.Add(pidfd, PollEvents.Readable, (Action)(() => Reap(service, child)));
                return;
            }
        }
        catch (UnpException)
        {
            // EMFILE, ENOMEM or ENOSPC. ESRCH means that the status has already been collected.
        }
        unwatched.Add(child, service);
    }

    void Reap(InetdService service, SpawnedProcess child)
    {
        if (!child.TryWait(out WaitStatus status))
            return;
        unwatched.Remove(child);
        child.Dispose();
        if (!service.IsTaken)
            return;
        service.IsTaken = false;
        if (!services.Contains(service))
            return;
        if (status.IsUnknown || status is { Exited: true, ExitStatus: 0 })
        {
            // A program that keeps ending without a status is stopped by the limit per minute.
            service.Recover();
            Watch(service);
        }
        else
        {
            Rest(service, $"{service.Entry.Program}: {status}");
        }
    }
}
