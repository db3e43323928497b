using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A child process that <see cref="Libunp.Spawn"/> has started: waited for, signalled, and never left as a zombie.</summary>
/// <remarks>
/// <para>Until its status is taken, the child's id is its own, even after its end. <see cref="Kill"/> looks first whether it was taken, so
/// that no signal goes to another process that has got the id.</para>
/// <para>Other code of the process can take the status: <see cref="Libunp.Wait"/>, or <see cref="Libunp.Waitpid"/> with -1. The kernel
/// drops it if SIGCHLD is ignored. The .NET runtime takes the statuses of all children, once the process has a handler of SIGCHLD or has
/// used System.Diagnostics.Process, in two cases: in process 1, as in a container, and where SIGCHLD was ignored at the start. The end of
/// the child is noticed in each case, and its status is
/// <see cref="WaitStatus.Unknown"/>. This library installs no such handler by itself.</para>
/// <para>Disposing does not end the child. A child that still runs is waited for in the background.</para>
/// </remarks>
public sealed unsafe partial class SpawnedProcess : IDisposable
{
    readonly Lock reaping = new();
    WaitStatus? status;
    Fd? pidfd;
    bool isDisposed;

    internal SpawnedProcess(int id)
    {
        Id = id;
        Orphans.Forget(id);
    }

    /// <summary>The process's id.</summary>
    public int Id { get; }

    /// <summary>
    /// A descriptor that stands for the process, opened when it is asked for the first time, and closed with this: readable once the process has ended
    /// (pidfd_open(2)), so that a poller can watch it. Null where the system has none: outside Linux, and before Linux 5.3.
    /// </summary>
    /// <exception cref="UnpException">ESRCH: its status was taken before; EMFILE, ENFILE.</exception>
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

    /// <summary>Waits for its end, and takes its status (waitpid(2); UNP 5.10). Any thread may call it, and again.</summary>
    /// <returns>How it ended; <see cref="WaitStatus.Unknown"/> if other code has taken the status, or the kernel has dropped it.</returns>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public WaitStatus Wait()
    {
        byte* info = stackalloc byte[128];
        WaitStatus result;
        while (!TryWait(out result))
        {
            // With WNOWAIT it remains a zombie, so that its id stays its own until TryWait has the lock. ECHILD: other code was faster, as
            // TryWait finds out.
            if (waitid(P_PID, (uint)Id, info, WEXITED | WNOWAIT) < 0 && Errno.Last != Errno.EINTR && Errno.Last != Errno.ECHILD)
                throw new UnpException(Errno.Last, "waitid", $"{Id}");
        }
        return result;
    }

    /// <summary>Takes its status if it has ended (waitpid(2) with WNOHANG), and does not wait.</summary>
    /// <param name="status">As of <see cref="Wait()"/>, if it has ended.</param>
    /// <returns>Whether it has ended.</returns>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public bool TryWait(out WaitStatus status)
    {
        lock (reaping)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            Reap();
            status = this.status ?? default;
            return this.status is not null;
        }
    }

    /// <summary>Sends it a signal (kill(2)), and never another process that has got its id after its end.</summary>
    /// <param name="signo">The signal, or 0 to find out whether it is there, be it as a zombie.</param>
    /// <exception cref="UnpException">ESRCH: its status was taken; EPERM (it runs as another user), EINVAL.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public void Kill(int signo) => Send(Id, signo);

    /// <summary>
    /// Sends a signal to the process group whose leader it is, itself included (killpg(3)); see <see cref="SpawnOptions.ProcessGroup"/> and
    /// <see cref="SpawnOptions.NewSession"/>. Its children are reached after its own end, too: the group's id is its own as long as it was not waited for.
    /// </summary>
    /// <param name="signo">The signal, or 0 to find out whether the group is there.</param>
    /// <exception cref="UnpException">ESRCH: its status was taken, or it leads no group; EPERM (all of them run as other users, or, on the
    /// BSDs, have ended), EINVAL.</exception>
    /// <exception cref="ObjectDisposedException">This is disposed.</exception>
    public void Killpg(int signo) => Send(-Id, signo);

    void Send(int id, int signo)
    {
        lock (reaping)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (!IsChild())
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
            Reap();
            pidfd?.Dispose();
            if (status is null)
                Orphans.Add(Id);
        }
    }

    /// <summary>Takes the status if it has ended.</summary>
    void Reap()
    {
        if (!IsChild())
            return;
        int value = 0;
        int child = waitpid(Id, &value, WNOHANG);
        if (child != 0)
            status = child > 0 ? new WaitStatus(value) : WaitStatus.Unknown;
    }

    /// <summary>
    /// Whether it is this process's child still, be it as a zombie. If other code has taken its status, that is
    /// <see cref="WaitStatus.Unknown"/>.
    /// </summary>
    bool IsChild()
    {
        if (status is null && IsTaken())
            status = WaitStatus.Unknown;
        return status is null;
    }

    /// <summary>A new child may have got the number, which the pidfd tells apart.</summary>
    bool IsTaken()
    {
        if (OperatingSystem.IsLinux() && pidfd is not null)
            return pidfd_send_signal(pidfd, 0, 0) < 0 && Errno.Last == Errno.ESRCH;
        byte* info = stackalloc byte[128];
        return waitid(P_PID, (uint)Id, info, WEXITED | WNOHANG | WNOWAIT) < 0 && Errno.Last == Errno.ECHILD;
    }

    Fd? OpenPidfd()
    {
        if (!IsChild())
            throw new UnpException(Errno.ESRCH, "pidfd_open", $"process {Id}");
        if (!OperatingSystem.IsLinux())
            return null;
        int fd = pidfd_open(Id, 0);
        return fd >= 0 ? new Fd(fd) : Errno.Last == Errno.ENOSYS ? null : throw new UnpException(Errno.Last, "pidfd_open", $"process {Id}");
    }
}
