using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A program that has become a daemon by <see cref="Libunp.Daemon_init(string, int, Func{IReadOnlyList{SafeHandle}})"/>: what its first process has handed
/// over, and the way to tell that it is ready. Disposing closes these descriptors.
/// </summary>
public sealed class Daemon : IDisposable
{
    readonly Fd ready;

    internal Daemon(Fd ready, IReadOnlyList<Fd> descriptors)
    {
        this.ready = ready;
        Descriptors = descriptors;
    }

    /// <summary>The descriptors that the first process has opened, in their order.</summary>
    public IReadOnlyList<Fd> Descriptors { get; }

    /// <summary>
    /// It serves: the first process exits with status 0, and standard error becomes <c>/dev/null</c> too. Only the first call does something. Write errors by
    /// the err_ functions before: <see cref="Console.Error"/>, once used, keeps a descriptor of its own, of a pipe that nobody reads any more.
    /// </summary>
    /// <exception cref="UnpException">EMFILE, ENFILE.</exception>
    public void Ready()
    {
        if (ready.IsClosed)
            return;
        using (Fd nothing = Libunp.Open("/dev/null", O_RDWR))
            Libunp.Dup2(nothing, Fd.StandardError);
        DaemonState.StopPrinting();

        // That nobody waits there any more is no reason to give up.
        _ = Libunp.writen(ready, [DaemonStart.ReadyMark]);
        ready.Dispose();
    }

    /// <summary>Closes the descriptors. Of a daemon that is not <see cref="Ready"/> yet the first process waits for the end.</summary>
    public void Dispose()
    {
        ready.Dispose();
        foreach (Fd descriptor in Descriptors)
            descriptor.Dispose();
    }
}
