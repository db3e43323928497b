using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Signals;

/// <summary>Tests SIGIO and SIGURG sent by the kernel, both to the one thread and, as on other systems, to the process.</summary>
public partial class SignalDrivenIOTests
{
    public static TheoryData<bool> Ways => [true, false];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Datagrams_are_not_lost_under_load(bool toThread)
    {
        const int Senders = 3, Each = 4000;
        using Fd server = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        var got = new int[Senders];
        int total = 0, calls = 0, overlapping = 0;
        bool disordered = false;
        using var driven = new SignalDrivenIO(toThread);
        using IDisposable registration = driven.Add(server, fd =>
        {
            Assert.Equal(1, Interlocked.Increment(ref overlapping));
            calls++;
            Span<byte> datagram = stackalloc byte[8];
            while (recvfrom(fd, datagram, 0, out SockAddr from) == 8)
            {
                int sender = BinaryPrimitives.ReadInt32LittleEndian(datagram);
                int number = BinaryPrimitives.ReadInt32LittleEndian(datagram[4..]);
                disordered |= got[sender]++ != number;
                Interlocked.Increment(ref total);
                Sendto(fd, datagram, 0, from);
            }
            Interlocked.Decrement(ref overlapping);
        });

        BlockedThread<bool>[] senders =
        [
            .. Enumerable.Range(0, Senders).Select(sender => new BlockedThread<bool>(() => SendMany(address, sender, Each))),
        ];
        Assert.All(senders, sender => Assert.True(sender.Result));
        Assert.Equal((Senders * Each, false), (Volatile.Read(ref total), disordered));
        Assert.InRange(calls, 1, int.MaxValue);
    }

    /// <summary>Sends datagrams, at most 30 of them unanswered, because UDP drops datagrams that do not fit into the buffer.</summary>
    static bool SendMany(SockAddr address, int sender, int count)
    {
        using Fd client = Loopback.Datagram();
        byte[] datagram = new byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(datagram, sender);
        for (int sent = 0, back = 0; back < count; back++)
        {
            for (; sent < count && sent - back < 30; sent++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(datagram.AsSpan(4), sent);
                Sendto(client, datagram, 0, address);
            }
            Recvfrom(client, new byte[8], 0, out _);
        }
        return true;
    }

    [Fact]
    public void Full_signal_queue_loses_no_event()
    {
        using Fd server = Loopback.Datagram();
        using Fd client = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        int total = 0;
        bool hold = true, held = false;
        using var driven = new SignalDrivenIO();
        using var limit = new PendingSignalLimit(2);
        using IDisposable registration = driven.Add(server, fd =>
        {
            // The signal queue overflows while the handler is busy.
            Volatile.Write(ref held, true);
            Limit.Until(() => !Volatile.Read(ref hold), "the handler may continue");
            while (recv(fd, new byte[8], 0) >= 0)
                Interlocked.Increment(ref total);
        });
        Limit.Until(() => Volatile.Read(ref held), "the handler runs");
        for (int i = 0; i < 50; i++)
            Sendto(client, "datagram"u8, 0, address);
        Volatile.Write(ref hold, false);
        Limit.Until(() => Volatile.Read(ref total) == 50, "all 50 were received");
        Limit.Until(() => driven.OverflowCount > 0, "there was an overflow");

        // Signals continue after the overflow.
        Sendto(client, "one more"u8, 0, address);
        Limit.Until(() => Volatile.Read(ref total) == 51, "the next one was received");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Out_of_band_data_calls_its_handler(bool toThread)
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using var other = StreamPair.Tcp(out Fd otherClient, out Fd otherServer);
        int urgent = 0, otherUrgent = 0;
        using var driven = new SignalDrivenIO(toThread);
        using IDisposable first = driven.Add(server, _ => { }, fd => Take(fd, ref urgent));
        using IDisposable second = driven.Add(otherServer, _ => { }, fd => Take(fd, ref otherUrgent));
        Send(client, "123"u8);
        Send(client, "4"u8, MSG_OOB);
        Limit.Until(() => Volatile.Read(ref urgent) == '4', "the byte has come");
        Send(client, "5"u8, MSG_OOB);
        Limit.Until(() => Volatile.Read(ref urgent) == '5', "the second byte has come");
        Assert.Equal(0, Volatile.Read(ref otherUrgent));
        Send(otherClient, "6"u8, MSG_OOB);
        Limit.Until(() => Volatile.Read(ref otherUrgent) == '6', "the other's byte has come");
        byte[] data = new byte[3];
        Assert.Equal(3, Readn(server, data));
        Assert.Equal("123"u8, data);

        static void Take(SafeHandle fd, ref int to)
        {
            Span<byte> one = stackalloc byte[1];
            if (recv(fd, one, MSG_OOB) == 1)
                Volatile.Write(ref to, one[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Urgent_handler_is_called_each_time_despite_reads(bool toThread)
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        int calls = 0, bytes = 0;
        using var driven = new SignalDrivenIO(toThread);
        using IDisposable registration = driven.Add(
            server,
            fd =>
            {
                Span<byte> buffer = stackalloc byte[64];
                nint n;
                while ((n = recv(fd, buffer, 0)) > 0)
                    Interlocked.Add(ref bytes, (int)n);
            },
            _ => Interlocked.Increment(ref calls));
        for (int i = 1; i <= 200; i++)
        {
            int before = Volatile.Read(ref calls);
            Send(client, "data"u8);
            Send(client, "!"u8, MSG_OOB);
            Limit.Until(() => Volatile.Read(ref calls) > before && Volatile.Read(ref bytes) == 4 * i, "it was called, and the data read");
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Earlier_data_is_found_and_descriptors_are_distinguished(bool toThread)
    {
        Fd[] sockets = [.. Enumerable.Range(0, 100).Select(_ => Loopback.Datagram())];
        using Fd client = Loopback.Datagram();
        var got = new int[sockets.Length];
        foreach (Fd fd in sockets)
            Sendto(client, "before"u8, 0, Getsockname(fd));
        using (var driven = new SignalDrivenIO(toThread))
        {
            for (int i = 0; i < sockets.Length; i++)
            {
                int index = i;
                driven.Add(sockets[i], fd =>
                {
                    while (recv(fd, new byte[8], 0) >= 0)
                        Interlocked.Increment(ref got[index]);
                });
            }
            foreach (Fd fd in sockets)
                Sendto(client, "after"u8, 0, Getsockname(fd));
            Limit.Until(() => got.All(n => n == 2), "two came to each");
            Assert.Throws<InvalidOperationException>(() => driven.Add(sockets[0], _ => { }));
        }
        foreach (Fd fd in sockets)
        {
            Assert.Equal((0, 0), (Fcntl(fd, F_GETFL) & O_ASYNC, Fcntl(fd, F_GETOWN)));
            fd.Dispose();
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Handler_never_runs_after_registration_is_disposed(bool toThread)
    {
        using Fd server = Loopback.Datagram();
        using Fd client = Loopback.Datagram();
        SockAddr address = Getsockname(server);
        using var driven = new SignalDrivenIO(toThread);
        for (int i = 0; i < 50; i++)
        {
            bool disposed = false, late = false;
            IDisposable registration = driven.Add(server, fd =>
            {
                late |= Volatile.Read(ref disposed);
                while (recv(fd, new byte[8], 0) >= 0)
                    late |= Volatile.Read(ref disposed);
            });
            for (int n = 0; n < 5; n++)
                Sendto(client, "datagram"u8, 0, address);
            registration.Dispose();
            Volatile.Write(ref disposed, true);
            registration.Dispose();
            Sendto(client, "datagram"u8, 0, address);
            Assert.False(late);
        }
    }

    [Fact]
    public void Handler_may_dispose_object()
    {
        using Fd server = Loopback.Datagram();
        var driven = new SignalDrivenIO();
        bool ended = false;
        driven.Add(server, _ =>
        {
            driven.Dispose();
            Volatile.Write(ref ended, true);
        });
        Limit.Until(() => Volatile.Read(ref ended), "it has ended");
        Limit.Run(driven.Dispose);
        Assert.Throws<ObjectDisposedException>(() => driven.Add(server, _ => { }));
    }

    [Fact]
    public void Descriptor_without_signals_is_rejected()
    {
        using var driven = new SignalDrivenIO();
        using var directory = new TempDirectory();
        using Fd file = Open(directory["file"], O_RDWR | O_CREAT, 0b110_000_000);
        using Fd none = Fd.Borrow(999_999);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => driven.Add(none, _ => { })).Errno);
        using Fd counter = Eventfd();
        foreach (Fd fd in (Fd[])[file, counter])
        {
            // The kernel accepts the flag for a descriptor that never sends signals, but drops it.
            Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => driven.Add(fd, _ => { })).Errno);
            Assert.Equal((0, 0, 0), (Fcntl(fd, F_GETFL) & (O_ASYNC | O_NONBLOCK), Fcntl(fd, F_GETOWN), Fcntl(fd, F_GETSIG)));
        }
        Assert.Throws<ArgumentNullException>("ready", () => driven.Add(file, null!));
        Assert.Throws<ArgumentNullException>("fd", () => driven.Add(null!, _ => { }));
    }

    /// <summary>Limits how many signals may be queued for this user.</summary>
    sealed partial class PendingSignalLimit : IDisposable
    {
        const int RLIMIT_SIGPENDING = 11;

        readonly ulong soft;
        readonly ulong hard;

        public unsafe PendingSignalLimit(ulong most)
        {
            ulong* limits = stackalloc ulong[2];
            Assert.Equal(0, getrlimit(RLIMIT_SIGPENDING, limits));
            (soft, hard) = (limits[0], limits[1]);
            limits[0] = most;
            Assert.Equal(0, setrlimit(RLIMIT_SIGPENDING, limits));
        }

        public unsafe void Dispose()
        {
            ulong* limits = stackalloc ulong[2] { soft, hard };
            _ = setrlimit(RLIMIT_SIGPENDING, limits);
        }

        [LibraryImport("libc")]
        private static unsafe partial int getrlimit(int resource, ulong* limits);

        [LibraryImport("libc")]
        private static unsafe partial int setrlimit(int resource, ulong* limits);
    }
}
