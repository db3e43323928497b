using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Unp.Net.Abi;

namespace Unp.Net;

// <sys/event.h>, the BSDs only. macOS has a shorter struct kevent, so it is converted there.
public static unsafe partial class Libc
{
    /// <summary><c>kqueue(2)</c>: creates an event queue and returns its descriptor (UNP 14.9).</summary>
    /// <returns>The descriptor, or -1: EMFILE, ENFILE, ENOMEM.</returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=kqueue&amp;sektion=2">kqueue(2)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static partial int kqueue();

    /// <summary><c>kevent(2)</c>: applies changes to the watched events, and waits for events (UNP 14.9).</summary>
    /// <param name="kq">The queue.</param>
    /// <param name="changelist">The changes; may be empty.</param>
    /// <param name="eventlist">Receives the events; empty to only apply changes.</param>
    /// <param name="timeout">The longest wait, or null to wait indefinitely.</param>
    /// <returns>
    /// The number of events, 0 after a time-out, or -1: EINTR, EBADF, ENOENT. While there is room, a failed change is reported as an event
    /// with
    /// EV_ERROR and its errno in <see cref="Net.kevent.data"/>.
    /// </returns>
    /// <seealso href="https://man.freebsd.org/cgi/man.cgi?query=kevent&amp;sektion=2">kevent(2)</seealso>
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static int kevent(int kq, ReadOnlySpan<kevent> changelist, Span<kevent> eventlist, timespec* timeout)
    {
        fixed (kevent* events = eventlist)
        {
            if (!Target.IsMacOS)
            {
                fixed (kevent* changes = changelist)
                    return (int)Kept(Bare.kevent(kq, changes, changelist.Length, events, eventlist.Length, timeout));
            }

            const int OnStack = 64;
            Span<Abi.Darwin.kevent> packed = changelist.Length <= OnStack
                ? stackalloc Abi.Darwin.kevent[OnStack]
                : new Abi.Darwin.kevent[changelist.Length];
            for (int i = 0; i < changelist.Length; i++)
                packed[i] = new Abi.Darwin.kevent(in changelist[i]);
            int n;
            fixed (Abi.Darwin.kevent* changes = packed)
                n = (int)Kept(Bare.kevent(kq, changes, changelist.Length, events, eventlist.Length, timeout));
            if (n > 0)
                Abi.Darwin.kevent.Unpack(eventlist, n);
            return n;
        }
    }

    /// <inheritdoc cref="kevent(int, ReadOnlySpan{Net.kevent}, Span{Net.kevent}, timespec*)"/>
    [SupportedOSPlatform("macos")]
    [SupportedOSPlatform("freebsd")]
    public static int kevent(SafeHandle kq, ReadOnlySpan<kevent> changelist, Span<kevent> eventlist, timespec* timeout) =>
        (int)Kept(kevent(Hold(kq), changelist, eventlist, timeout), kq);

    static partial class Bare
    {
        [LibraryImport(LibraryName)]
        internal static partial int kevent(int kq, void* changelist, int nchanges, void* eventlist, int nevents, timespec* timeout);
    }
}
