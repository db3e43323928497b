using System.Diagnostics;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// An interrupter of system calls of other threads. After <see cref="Request"/>, each call between <see cref="TryEnter"/> and
/// <see cref="Leave"/> fails with EINTR. It serves calls that cannot be combined with a wait for a descriptor, such as accept on a socket
/// that other processes share.
/// </summary>
sealed class CallInterrupter
{
    // A signal that neither the runtime nor the C library uses. macOS has no real-time signals, and does not use SIGEMT.
    static readonly int Signo = Target.IsMacOS ? SIGEMT : SIGRTMAX - 2;

    // A signal that arrives before its thread is in the kernel interrupts nothing, so it is sent again after this time.
    static readonly TimeSpan ResendDelay = TimeSpan.FromMilliseconds(5);

    // A thread that blocks the signal never leaves its call, so the wait for it ends after this time.
    static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(1);

    readonly object gate = new();
    readonly List<nint> inside = [];
    volatile bool isRequested;

    internal bool IsRequested => isRequested;

    /// <summary>Registers the calling thread. It must be called before each system call.</summary>
    /// <returns>False if the caller must not make the call.</returns>
    internal bool TryEnter()
    {
        lock (gate)
        {
            if (isRequested)
                return false;
            inside.Add(CurrentThread);
            return true;
        }
    }

    /// <summary>Unregisters the calling thread. It must be called after each system call.</summary>
    internal void Leave()
    {
        lock (gate)
        {
            inside.Remove(CurrentThread);
            if (isRequested)
                Monitor.PulseAll(gate);
        }
    }

    /// <summary>Interrupts all such calls, and waits until they have ended.</summary>
    /// <returns>True if all calls have ended; false if a thread does not receive the signal.</returns>
    internal bool Request()
    {
        long begun = Stopwatch.GetTimestamp();
        lock (gate)
        {
            if (!isRequested)
                SignalAction.MakeInterrupting(Signo);
            isRequested = true;
            while (inside.Count > 0 && Stopwatch.GetElapsedTime(begun) < RequestTimeout)
            {
                foreach (nint thread in inside)
                    Kill(thread);
                Monitor.Wait(gate, ResendDelay);
            }
            return inside.Count == 0;
        }
    }

    static nint CurrentThread => Target.IsLinux ? Linux.ThreadId : pthread_self();

    static void Kill(nint thread)
    {
        if (Target.IsLinux)
            _ = tgkill(getpid(), (int)thread, Signo);
        else
            _ = pthread_kill(thread, Signo);
    }

    /// <summary>The cached thread id, because <c>gettid(2)</c> is a system call.</summary>
    static class Linux
    {
        [ThreadStatic]
        static nint id;

        internal static nint ThreadId => id != 0 ? id : id = Target.IsLinux ? gettid() : 0;
    }
}
