using System.Runtime.InteropServices;

namespace Unp.Samples;

/// <summary>What C's handlers of SIGIO and SIGURG may do, and a function on a thread of the library's may not: end the program by an error.</summary>
static class SignalHandler
{
    /// <summary>A handler whose error is printed and ends the program with status 1, as the main thread's would.</summary>
    public static Action<SafeHandle> Of(Action<SafeHandle> handle) => fd => ProgramThread.Run(() => handle(fd));
}
