namespace Unp.Samples.inetd;

// The programs that are started, and their ends.
sealed partial class InetdServer
{
    /// <summary>
    /// Has one of the other threads start the program of a connection, and close that here; waits if all have enough to do.
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
                // Of several that could not be started at once the first one tells.
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
            NewSession = !OperatingSystem.IsFreeBSD(),
            SearchPath = false,
            Name = entry.IsOwnAccount ? entry.Arguments[0] : null,
        };
        if (entry.IsOwnAccount)
            return Spawn(entry.Program!, [.. entry.Arguments.Skip(1)], options);
        string[] becoming = Account.Arguments(entry.User, entry.Group, entry.Program!, entry.Arguments);
        return Spawn(OwnCommand.Program, [.. OwnCommand.HostArguments, .. becoming], options);
    }

    /// <summary>Where no descriptor is free for the program, or the poller has no room for it, it is asked for from time to time.</summary>
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
            // EMFILE, ENOMEM, ENOSPC; or ESRCH: its status was taken.
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
            // One that dies again and again without a status is held up by the limit per minute.
            service.Recover();
            Watch(service);
        }
        else
        {
            Rest(service, $"{service.Entry.Program}: {status}");
        }
    }
}
