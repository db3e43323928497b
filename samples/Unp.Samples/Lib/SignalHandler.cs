using System.Runtime.InteropServices;

namespace Unp.Samples;

/// <summary>
/// Handlers of SIGIO and SIGURG that may fail. Unlike in C they run on a thread of the library, where an exception would be unhandled.
/// </summary>
static class SignalHandler
{
    /// <summary>Wraps a handler so that its error is printed and ends the program with status 1.</summary>
    public static Action<SafeHandle> Of(Action<SafeHandle> handle) => fd => ProgramThread.Run(() => handle(fd));
}
