using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A daemon started by <see cref="Libunp.Daemon_init(string, int, Func{IReadOnlyList{SafeHandle}})"/>. It holds the descriptors from the
/// first process and reports to it that the daemon is ready. Disposing closes the descriptors.
/// </summary>
public sealed class Daemon : IDisposable
{
    readonly Fd ready;

    internal Daemon(Fd ready, IReadOnlyList<Fd> descriptors)
    {
        this.ready = ready;
        Descriptors = descriptors;
    }

    /// <summary>Gets the descriptors that the first process opened, in the same order.</summary>
    public IReadOnlyList<Fd> Descriptors { get; }

    /// <summary>
    /// Reports that the daemon is ready: the first process exits with status 0, and standard error becomes <c>/dev/null</c>. Later calls
    /// have no effect. Before the first call, write errors with the err_ functions only. <see cref="Console.Error"/>, once used, keeps its
    /// own descriptor of the old pipe, and no process reads that pipe any longer.
    /// </summary>
    /// <exception cref="UnpException">EMFILE, ENFILE.</exception>
    public void Ready()
    {
        if (ready.IsClosed)
            return;
        using (Fd nothing = Libunp.Open("/dev/null", O_RDWR))
            Libunp.Dup2(nothing, Fd.StandardError);
        DaemonState.StopPrinting();

        // Ignore a failure: the daemon can serve even if the first process is gone.
        _ = Libunp.writen(ready, [DaemonStart.ReadyMark]);
        ready.Dispose();
    }

    /// <summary>
    /// Closes the descriptors. If <see cref="Ready"/> was not called, the first process keeps waiting until the daemon exits.
    /// </summary>
    public void Dispose()
    {
        ready.Dispose();
        foreach (Fd descriptor in Descriptors)
            descriptor.Dispose();
    }
}
