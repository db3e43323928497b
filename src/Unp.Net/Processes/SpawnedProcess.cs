using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A child process that <see cref="Libunp.Spawn"/> has started: waited for, signalled, and never left as a zombie.</summary>
/// <remarks>
/// <para>Until its status is taken, the child's id is its own, even after its end. <see cref="Kill"/> knows whether it was taken, so that a signal never goes to
/// another process that has got the id, whichever threads wait. That holds as long as nobody else waits for it
/// (<see cref="Libunp.Wait"/> or <see cref="Libunp.Waitpid"/> with -1); System.Diagnostics.Process does not.</para>
/// <para>Disposing does not end the child. One that still runs is waited for later, when SIGCHLD tells that it has ended.</para>
/// </remarks>
public sealed unsafe class SpawnedProcess : IDisposable
{
    readonly Lock reaping = new();
    WaitStatus? status;
    Fd? pidfd;
    bool isGone;
    bool isDisposed;

    internal SpawnedProcess(int id) => Id = id;

    /// <summary>The process's id.</summary>
    public int Id { get; }

    /// <summary>
    /// A descriptor that stands for the process, opened when it is asked for the first time, and closed with this: readable once the process has ended
    /// (pidfd_open(2)), so that a poller can watch it. Null where the system has none: outside Linux, and before Linux 5.3.
    /// </summary>
    /// <exception cref="UnpException">ESRCH: it was waited for before; EMFILE, ENFILE.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public Fd? Pidfd
    {
        get
        {
            lock (reaping)
            {
                ObjectDisposedException.ThrowIf(isDisposed, this);
                return pidfd ??= OpenPidfd();
            }
        }
    }

    /// <summary>Waits for its end, and takes its status (waitpid(2); section 5.10). It can be asked for again, by any thread.</summary>
    /// <exception cref="UnpException">ECHILD: somebody else has taken the status, or SIGCHLD is ignored.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public WaitStatus Wait()
    {
        byte* info = stackalloc byte[128];
        WaitStatus result;
        while (!TryWait(out result))
        {
            // It remains a zombie, so that its id stays its own until TryWait has the lock. That tells, too, if it is nobody's child any more.
            if (waitid(P_PID, (uint)Id, info, WEXITED | WNOWAIT) < 0 && Errno.Last != Errno.EINTR && Errno.Last != Errno.ECHILD)
                throw new UnpException(Errno.Last, "waitid", $"{Id}");
        }
        return result;
    }

    /// <summary>Takes its status if it has ended (waitpid(2) with WNOHANG), and does not wait.</summary>
    /// <returns>Whether it has ended.</returns>
    /// <exception cref="UnpException">ECHILD: somebody else has taken the status, or SIGCHLD is ignored.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public bool TryWait(out WaitStatus status)
    {
        lock (reaping)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            Reap();
            if (isGone && this.status is null)
                throw new UnpException(Errno.ECHILD, "waitpid", $"{Id}");
            status = this.status ?? default;
            return this.status is not null;
        }
    }

    /// <summary>Sends it a signal (kill(2)). It cannot reach another process, as its id is its own until it was waited for.</summary>
    /// <param name="signo">The signal, or 0 to find out whether it is there, be it as a zombie.</param>
    /// <exception cref="UnpException">ESRCH: it was waited for; EPERM (it runs as another user), EINVAL.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public void Kill(int signo) => Send(Id, signo);

    /// <summary>
    /// Sends a signal to the process group whose leader it is, itself included (killpg(3)); see <see cref="SpawnOptions.ProcessGroup"/> and
    /// <see cref="SpawnOptions.NewSession"/>. Its children are reached after its own end, too: the group's id is its own as long as it was not waited for.
    /// </summary>
    /// <param name="signo">The signal, or 0 to find out whether the group is there.</param>
    /// <exception cref="UnpException">ESRCH: it was waited for, or leads no group; EPERM (all of them run as other users, or, on the BSDs, have ended), EINVAL.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public void Killpg(int signo) => Send(-Id, signo);

    void Send(int id, int signo)
    {
        lock (reaping)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (isGone)
                throw new UnpException(Errno.ESRCH, "kill", $"process {Id}, signal {signo}");
            Libunp.Kill(id, signo);
        }
    }

    /// <summary><c>"process 4711"</c>, followed by how it ended if that is known: <c>"process 4711 (exit status 1)"</c>.</summary>
    public override string ToString() => status is { } known ? $"process {Id} ({known})" : $"process {Id}";

    /// <summary>Leaves the child to itself: it goes on, and is no zombie when it ends.</summary>
    public void Dispose()
    {
        lock (reaping)
        {
            if (isDisposed)
                return;
            isDisposed = true;
            pidfd?.Dispose();
            Reap();
            if (!isGone)
                Orphans.Add(Id);
        }
    }

    /// <summary>Takes the status if there is one.</summary>
    void Reap()
    {
        if (isGone)
            return;
        int value = 0;
        int child = waitpid(Id, &value, WNOHANG);
        isGone = child != 0;
        if (child > 0)
            status = new WaitStatus(value);
    }

    Fd? OpenPidfd()
    {
        if (isGone)
            throw new UnpException(Errno.ESRCH, "pidfd_open", $"process {Id}");
        if (!OperatingSystem.IsLinux())
            return null;
        int fd = pidfd_open(Id, 0);
        return fd >= 0 ? new Fd(fd) : Errno.Last == Errno.ENOSYS ? null : throw new UnpException(Errno.Last, "pidfd_open", $"process {Id}");
    }
}
