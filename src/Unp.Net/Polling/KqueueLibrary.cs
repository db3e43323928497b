using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The functions of kqueue: the system's, or those of a libkqueue, which emulates them with other mechanisms. The environment variable
/// UNP_KQUEUE_LIBRARY names the libkqueue, in a program that sets the AppContext switch <c>Unp.Net.KqueueLibrary</c>. Without the switch
/// the variable has no effect, because it loads any library into the process.
/// </summary>
sealed unsafe class KqueueLibrary
{
    readonly delegate* unmanaged<int> kqueueFunction;
    readonly delegate* unmanaged<int, void*, int, void*, int, timespec*, int> keventFunction;

    // macOS and libkqueue have the short struct kevent.
    readonly bool isShort;

    KqueueLibrary(nint library, bool isShort)
        : this(NativeLibrary.GetExport(library, "kqueue"), NativeLibrary.GetExport(library, "kevent"), isShort)
    {
    }

    internal KqueueLibrary(nint kqueue, nint kevent, bool isShort)
    {
        kqueueFunction = (delegate* unmanaged<int>)kqueue;
        keventFunction = (delegate* unmanaged<int, void*, int, void*, int, timespec*, int>)kevent;
        this.isShort = isShort;
    }

    /// <exception cref="PlatformNotSupportedException">The system has no kqueue, and no libkqueue is named.</exception>
    /// <exception cref="DllNotFoundException">The library that UNP_KQUEUE_LIBRARY names cannot be loaded.</exception>
    public static KqueueLibrary Load()
    {
        if (AppContext.TryGetSwitch("Unp.Net.KqueueLibrary", out bool isOn) && isOn
            && Environment.GetEnvironmentVariable("UNP_KQUEUE_LIBRARY") is { Length: > 0 } path)
            return new KqueueLibrary(NativeLibrary.Load(path), isShort: true);
        if (!Target.IsMacOS && !Target.IsFreeBSD)
            throw new PlatformNotSupportedException("kqueue exists on macOS and FreeBSD only. Use epoll or poll.");
        return new KqueueLibrary(NativeLibrary.GetMainProgramHandle(), Target.IsMacOS);
    }

    /// <summary>Creates a queue, close-on-exec.</summary>
    public Fd Kqueue()
    {
        int kq = kqueueFunction();
        if (kq < 0)
            throw new UnpException(new Errno(Marshal.GetLastSystemError()), "kqueue");
        var fd = new Fd(kq);
        Libunp.Fcntl(fd, F_SETFD, FD_CLOEXEC);
        return fd;
    }

    /// <summary>Calls <c>kevent(2)</c>; -1 leaves <see cref="Errno.Last"/>.</summary>
    public int Kevent(SafeHandle kq, ReadOnlySpan<kevent> changes, Span<kevent> events, TimeSpan timeout)
    {
        var longest = new timespec
        {
            tv_sec = Math.Min(timeout.Ticks / TimeSpan.TicksPerSecond, Deadline.MaxSeconds),
            tv_nsec = timeout.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick,
        };
        timespec* wait = timeout == Timeout.InfiniteTimeSpan ? null : &longest;

        fixed (kevent* found = events)
        {
            if (!isShort)
            {
                fixed (kevent* made = changes)
                    return Call(kq, made, changes.Length, found, events.Length, wait);
            }

            Span<Abi.Darwin.kevent> made32 = stackalloc Abi.Darwin.kevent[KqueueEvents.MaxChanges];
            for (int i = 0; i < changes.Length; i++)
                made32[i] = new Abi.Darwin.kevent(in changes[i]);
            fixed (Abi.Darwin.kevent* made = made32)
            {
                int n = Call(kq, made, changes.Length, found, events.Length, wait);
                if (n > 0)
                    Abi.Darwin.kevent.Unpack(events, n);
                return n;
            }
        }
    }

    /// <summary>Calls the library. The result is limited to the size of the buffer, because the library need not be the system's.</summary>
    int Call(SafeHandle kq, void* changes, int changeCount, void* events, int eventCount, timespec* timeout) =>
        Math.Min((int)Kept(keventFunction(Hold(kq), changes, changeCount, events, eventCount, timeout), kq), eventCount);
}
