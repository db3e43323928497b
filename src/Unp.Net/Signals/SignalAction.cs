using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>What a signal does to this process, <c>sigaction(2)</c>.</summary>
static unsafe partial class SignalAction
{
    // struct sigaction differs between systems, but each starts with the handler, and none is longer than this.
    const int SigactionSize = 256;

    const nint SIG_DFL = 0;
    const nint SIG_IGN = 1;

    static readonly Lock Changing = new();

    /// <summary>Whether there is such a signal, and it can have a handler.</summary>
    internal static bool CanBeHandled(int signo) =>
        signo != Libc.SIGKILL && signo != Libc.SIGSTOP && !IsTheRuntimes(signo) && TryGetHandler(signo, out _);

    /// <summary>
    /// The signals by which the runtime makes exceptions of faults and stops threads for the garbage collector. A handler that took one of them would
    /// end the process, or hang it.
    /// </summary>
    internal static bool IsTheRuntimes(int signo) =>
        signo is Libc.SIGILL or Libc.SIGTRAP or Libc.SIGFPE or Libc.SIGSEGV || signo == Libc.SIGBUS
        || (!OperatingSystem.IsMacOS() && signo == Libc.SIGRTMIN);

    /// <summary>
    /// Makes an ignored signal one that does nothing, for which .NET installs handlers: it does not for an ignored one. To this process that is the
    /// same. It is not the default action even for a moment, in which another thread's write to a dead peer could end the process.
    /// </summary>
    internal static void StopIgnoring(int signo)
    {
        lock (Changing)
        {
            if (TryGetHandler(signo, out nint handler) && handler == SIG_IGN)
                _ = signal(signo, DoesNothing());
        }
    }

    /// <summary>Gives a signal its default action; what it had is for <see cref="Restore"/>.</summary>
    internal static nint MakeDefault(int signo) => signal(signo, SIG_DFL);

    internal static void Restore(int signo, nint handler) => _ = signal(signo, handler);

    /// <summary>
    /// Makes a signal one that does nothing but to have the call return that it finds its thread in: EINTR, also where .NET's own handlers have calls
    /// restarted.
    /// </summary>
    internal static void MakeInterrupting(int signo)
    {
        lock (Changing)
        {
            _ = signal(signo, DoesNothing());
            _ = siginterrupt(signo, 1);
        }
    }

    static bool TryGetHandler(int signo, out nint handler)
    {
        nint* action = stackalloc nint[SigactionSize / sizeof(nint)];
        int result = sigaction(signo, null, action);
        handler = action[0];
        return result == 0;
    }

    /// <summary>A native function that is safe in a handler and without effect; managed code is not safe there.</summary>
    static nint DoesNothing() => NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "getpid");

    [LibraryImport("libc")]
    private static partial int sigaction(int signum, void* act, void* oldact);

    [LibraryImport("libc")]
    private static partial int siginterrupt(int signum, int flag);

    [LibraryImport("libc")]
    private static partial nint signal(int signum, nint handler);
}
