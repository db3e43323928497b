using System.Numerics;
using static Unp.Net.Libc;

namespace Unp.Net.Multiplexing;

/// <summary>A hand-written wait through <see cref="Libc"/>, as in dispatch.c.</summary>
static class LibcLoop
{
    internal const int TimeoutMs = 1000;

    internal static void Check(int ready, string function)
    {
        if (ready <= 0)
            throw new UnpException(ready == 0 ? Errno.ETIMEDOUT : Errno.Last, function);
    }
}

/// <summary>Scans the set by 64-bit words, which is faster than testing each descriptor.</summary>
sealed unsafe class LibcSelectLoop : IDispatchLoop
{
    Ring ring = Ring.Empty;
    readonly int[] pairOf = new int[FdSet.Capacity];
    FdSet watched;
    int maxfdp1;

    public void Watch(Ring ring)
    {
        this.ring = ring;
        for (int i = 0; i < ring.Readers.Length; i++)
        {
            watched.Set(ring.Readers[i]);
            pairOf[ring.Number(i)] = i;
        }
        maxfdp1 = watched.Maxfdp1;
    }

    public void Turn()
    {
        FdSet ready = watched;
        var timeout = new timeval(LibcLoop.TimeoutMs / 1000, 0);
        LibcLoop.Check(select(maxfdp1, &ready, null, null, &timeout), "select");
        ulong* words = (ulong*)&ready;
        for (int word = 0; word * 64 < maxfdp1; word++)
        {
            for (ulong bits = words[word]; bits != 0; bits &= bits - 1)
                ring.OnReadable(pairOf[word * 64 + BitOperations.TrailingZeroCount(bits)]);
        }
    }

    public void Dispose()
    {
    }
}

sealed unsafe class LibcPollLoop : IDispatchLoop
{
    Ring ring = Ring.Empty;
    pollfd[] polled = [];

    public void Watch(Ring ring)
    {
        this.ring = ring;
        polled = new pollfd[ring.Readers.Length];
        for (int i = 0; i < polled.Length; i++)
            polled[i] = new() { fd = ring.Number(i), events = POLLIN };
    }

    public void Turn()
    {
        int ready = poll(polled, LibcLoop.TimeoutMs);
        LibcLoop.Check(ready, "poll");
        for (int i = 0; ready > 0; i++)
        {
            if (polled[i].revents == 0)
                continue;
            ready--;
            ring.OnReadable(i);
        }
    }

    public void Dispose()
    {
    }
}

sealed unsafe class LibcEpollLoop(bool isEdge) : IDispatchLoop
{
    Ring ring = Ring.Empty;
    readonly Fd epfd = Libunp.Epoll_create1();
    readonly epoll_event[] events = new epoll_event[1024];
    int number;

    public void Watch(Ring ring)
    {
        this.ring = ring;
        number = (int)epfd.DangerousGetHandle();
        for (int i = 0; i < ring.Readers.Length; i++)
            Libunp.Epoll_ctl(epfd, EPOLL_CTL_ADD, ring.Readers[i], EPOLLIN | (isEdge ? EPOLLET : 0), (uint)i);
    }

    public void Turn()
    {
        int ready = epoll_wait(number, events, LibcLoop.TimeoutMs);
        LibcLoop.Check(ready, "epoll_wait");
        foreach (ref readonly epoll_event item in events.AsSpan(0, ready))
            ring.OnReadable((int)item.data.u32);
    }

    public void Dispose() => epfd.Dispose();
}
