using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A child process that <see cref="Libunp.Spawn"/> has started. It can be waited for and signalled, and never stays a zombie.
/// </summary>
/// <remarks>
/// <para>The kernel does not reuse the child's id before its status is collected. <see cref="Kill"/> checks this first, so that a signal
/// never reaches another process with the same id.</para>
/// <para>The status can be lost, and is then <see cref="WaitStatus.Unknown"/>; the end of the child is noticed anyway. It is lost in three
/// cases:</para>
/// <list type="bullet">
/// <item>Other code takes it, by <see cref="Libunp.Wait"/>, or <see cref="Libunp.Waitpid"/> with -1.</item>
/// <item>SIGCHLD is ignored, so that the kernel drops it.</item>
/// <item>The .NET runtime collects the statuses of all children, after the process has installed a handler of SIGCHLD or used
/// System.Diagnostics.Process. It does so in process 1, as in a container, and if SIGCHLD was ignored at startup. This library does not
/// install such a handler by itself.</item>
/// </list>
/// <para>Disposing does not end the child. A child that is still running is waited for in the background.</para>
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

    /// <summary>Gets the process id.</summary>
    public int Id { get; }

    /// <summary>
    /// Gets a descriptor of the process, which becomes readable when the process ends (pidfd_open(2)), so a poller can watch it. It is
    /// opened on first use and closed by <see cref="Dispose"/>. Null outside Linux and before Linux 5.3.
    /// </summary>
    /// <exception cref="UnpException">ESRCH: the status was already collected; EMFILE, ENFILE.</exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
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

    /// <summary>
    /// Waits until the child ends, and collects its status (<c>waitpid(2)</c>, UNP 5.10). It is thread-safe and may be called again.
    /// </summary>
    /// <returns>
    /// The status, or <see cref="WaitStatus.Unknown"/> if other code has taken it or the kernel has dropped it.
    /// </returns>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public WaitStatus Wait()
    {
        byte* info = stackalloc byte[128];
        WaitStatus result;
        while (!TryWait(out result))
        {
            // WNOWAIT leaves a zombie, so that the id is not reused until TryWait has the lock. ECHILD means that other code has taken the
            // status, which TryWait detects.
            if (waitid(P_PID, (uint)Id, info, WEXITED | WNOWAIT) < 0 && !Errno.Last.IsAny(Errno.EINTR, Errno.ECHILD))
                throw new UnpException(Errno.Last, "waitid", $"{Id}");
        }
        return result;
    }

    /// <summary>Collects the status if the child has ended (<c>waitpid(2)</c> with WNOHANG). It does not wait.</summary>
    /// <param name="status">The status, as in <see cref="Wait()"/>, if the child has ended.</param>
    /// <returns>True if the child has ended.</returns>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
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

    /// <summary>Sends the child a signal (<c>kill(2)</c>). It never reaches another process that got the same id later.</summary>
    /// <param name="signo">The signal, or 0 to check whether the child exists, even as a zombie.</param>
    /// <exception cref="UnpException">ESRCH: the status was collected; EPERM: the child runs as another user; EINVAL.</exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
    public void Kill(int signo) => Send(Id, signo);

    /// <summary>
    /// Sends a signal to the process group that the child leads, including the child (<c>killpg(3)</c>). See
    /// <see cref="SpawnOptions.ProcessGroup"/> and <see cref="SpawnOptions.StartsSession"/>. It reaches the other members even after the
    /// child has ended, until the child is waited for. Until then the kernel does not reuse the group's id.
    /// </summary>
    /// <param name="signo">The signal, or 0 to check whether the group exists.</param>
    /// <exception cref="UnpException">
    /// ESRCH: the status was collected, or the child leads no group; EPERM: all members run as other users or, on the BSDs, have ended;
    /// EINVAL.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The object is disposed.</exception>
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

    /// <summary>Returns <c>"process 4711"</c>, followed by the status if it is known: <c>"process 4711 (exit status 1)"</c>.</summary>
    public override string ToString() => status is { } known ? $"process {Id} ({known})" : $"process {Id}";

    /// <summary>Releases the child. It continues to run, and does not become a zombie when it ends.</summary>
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

    /// <summary>Collects the status if the child has ended.</summary>
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
    /// Returns whether the process is still a child of this process, even as a zombie. If other code has collected the status, it becomes
    /// <see cref="WaitStatus.Unknown"/>.
    /// </summary>
    bool IsChild()
    {
        if (status is null && IsTaken())
            status = WaitStatus.Unknown;
        return status is null;
    }

    /// <summary>
    /// Returns whether other code has collected the status. With a pidfd this is certain even if a new child has the same id.
    /// </summary>
    bool IsTaken()
    {
        if (Target.IsLinux && pidfd is not null)
            return pidfd_send_signal(pidfd, 0, 0) < 0 && Errno.Last == Errno.ESRCH;
        byte* info = stackalloc byte[128];
        return waitid(P_PID, (uint)Id, info, WEXITED | WNOHANG | WNOWAIT) < 0 && Errno.Last == Errno.ECHILD;
    }

    Fd? OpenPidfd()
    {
        if (!IsChild())
            throw new UnpException(Errno.ESRCH, "pidfd_open", $"process {Id}");
        if (!Target.IsLinux)
            return null;
        int fd = pidfd_open(Id, 0);
        return fd >= 0 ? new Fd(fd)
            : Errno.Last == Errno.ENOSYS ? null
            : throw new UnpException(Errno.Last, "pidfd_open", $"process {Id}");
    }
}
