using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>The action of this process for a signal (<c>sigaction(2)</c>).</summary>
static unsafe partial class SignalAction
{
    // struct sigaction differs between systems, but always starts with the handler and is never longer than this.
    const int SigactionSize = 256;

    const nint SIG_DFL = 0;
    const nint SIG_IGN = 1;

    static readonly Lock Changing = new();

    /// <summary>Returns whether the signal exists and can have a handler.</summary>
    internal static bool CanBeHandled(int signo) =>
        signo != Libc.SIGKILL && signo != Libc.SIGSTOP && !IsReservedByRuntime(signo) && TryGetHandler(signo, out _);

    /// <summary>
    /// Returns whether the runtime needs the signal. With such signals it converts faults to exceptions, and stops threads for the garbage
    /// collector. A handler for one of them would end or hang the process.
    /// </summary>
    internal static bool IsReservedByRuntime(int signo) =>
        signo is Libc.SIGILL or Libc.SIGTRAP or Libc.SIGFPE or Libc.SIGSEGV || signo == Libc.SIGBUS
        || (!Target.IsMacOS && signo == Libc.SIGRTMIN);

    /// <summary>
    /// Returns the set without the signals that no .NET thread may block: see <see cref="Libunp.Sigprocmask(int, in SigSet, out SigSet)"/>.
    /// </summary>
    internal static SigSet WithoutReservedByRuntime(SigSet set)
    {
        for (int signo = 1; signo <= 64; signo++)
        {
            if (IsReservedByRuntime(signo))
                set.Remove(signo);
        }
        return set;
    }

    /// <summary>
    /// Replaces an ignored signal by one with a handler without effect, because .NET installs no handler for an ignored signal. The signal
    /// never has its default action in between. Otherwise a write by another thread to a dead peer could end the process.
    /// </summary>
    internal static void StopIgnoring(int signo)
    {
        lock (Changing)
        {
            if (TryGetHandler(signo, out nint handler) && handler == SIG_IGN)
                _ = signal(signo, NoOpFunction());
        }
    }

    /// <summary>Sets the default action of a signal, and returns the old handler for <see cref="Restore"/>.</summary>
    internal static nint MakeDefault(int signo) => signal(signo, SIG_DFL);

    internal static void Restore(int signo, nint handler) => _ = signal(signo, handler);

    /// <summary>
    /// Installs a handler without effect that makes the interrupted system call return EINTR. .NET's own handlers restart the call instead.
    /// </summary>
    internal static void MakeInterrupting(int signo)
    {
        lock (Changing)
        {
            _ = signal(signo, NoOpFunction());
            _ = siginterrupt(signo, 1);
        }
    }

    /// <summary>Sets whether a system call that the signal interrupts fails with EINTR. The handler stays.</summary>
    internal static void SetInterrupting(int signo, bool isInterrupting)
    {
        lock (Changing)
            _ = siginterrupt(signo, isInterrupting ? 1 : 0);
    }

    static bool TryGetHandler(int signo, out nint handler)
    {
        nint* action = stackalloc nint[SigactionSize / sizeof(nint)];
        int result = sigaction(signo, null, action);
        handler = action[0];
        return result == 0;
    }

    /// <summary>Returns a native function without effect that is safe in a signal handler. Managed code is not safe there.</summary>
    static nint NoOpFunction() => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "getpid");

    [LibraryImport("libc")]
    private static partial int sigaction(int signum, void* act, void* oldact);

    [LibraryImport("libc")]
    private static partial int siginterrupt(int signum, int flag);

    [LibraryImport("libc")]
    private static partial nint signal(int signum, nint handler);
}
