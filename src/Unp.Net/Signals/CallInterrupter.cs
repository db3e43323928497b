using System.Diagnostics;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Lets a thread of a program end for good what others wait for in the kernel: each call between <see cref="TryEnter"/> and <see cref="Leave"/> says EINTR
/// once <see cref="Request"/> was called. That is for calls that no descriptor can be waited for beside, as accept of a socket that others have too.
/// </summary>
sealed class CallInterrupter
{
    // One that neither the runtime nor the C libraries use; macOS has no others, and has no use for this one.
    static readonly int Signo = OperatingSystem.IsMacOS() ? SIGEMT : SIGRTMAX - 2;

    // A signal that comes before its thread is in the kernel interrupts nothing: it is sent again.
    static readonly TimeSpan Again = TimeSpan.FromMilliseconds(5);

    // One that has blocked the signal never leaves.
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    readonly object gate = new();
    readonly List<nint> inside = [];
    volatile bool isRequested;

    internal bool IsRequested => isRequested;

    /// <summary>Before a call.</summary>
    /// <returns>False: it is not to be made.</returns>
    internal bool TryEnter()
    {
        lock (gate)
        {
            if (isRequested)
                return false;
            inside.Add(Self);
            return true;
        }
    }

    /// <summary>After the call, on the same thread.</summary>
    internal void Leave()
    {
        lock (gate)
        {
            inside.Remove(Self);
            if (isRequested)
                Monitor.PulseAll(gate);
        }
    }

    /// <summary>Ends all such calls, and returns when they have.</summary>
    /// <returns>Whether they have; false: a thread is inside that takes no signal.</returns>
    internal bool Request()
    {
        long begun = Stopwatch.GetTimestamp();
        lock (gate)
        {
            if (!isRequested)
                SignalAction.MakeInterrupting(Signo);
            isRequested = true;
            while (inside.Count > 0 && Stopwatch.GetElapsedTime(begun) < Patience)
            {
                foreach (nint thread in inside)
                    Kill(thread);
                Monitor.Wait(gate, Again);
            }
            return inside.Count == 0;
        }
    }

    static nint Self => OperatingSystem.IsLinux() ? Linux.ThreadId : pthread_self();

    static void Kill(nint thread)
    {
        if (OperatingSystem.IsLinux())
            _ = tgkill(getpid(), (int)thread, Signo);
        else
            _ = pthread_kill(thread, Signo);
    }

    /// <summary>gettid is a system call, and a thread keeps its number.</summary>
    static class Linux
    {
        [ThreadStatic]
        static nint id;

        internal static nint ThreadId => id != 0 ? id : id = OperatingSystem.IsLinux() ? gettid() : 0;
    }
}
