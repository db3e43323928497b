using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Unp.Net.Tests.Daemons;

/// <summary>Tests the messages that arrive at NOTIFY_SOCKET.</summary>
public sealed class SdNotifyTests : IDisposable
{
    readonly TempDirectory directory = new();
    readonly byte[] buffer = new byte[1000];

    public void Dispose()
    {
        foreach (string variable in (string[])["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"])
            Environment.SetEnvironmentVariable(variable, null);
        directory.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void States_arrive_at_path_or_abstract_name(bool isAbstract)
    {
        using Fd manager = Manager(isAbstract);
        Assert.True(Sd_notify($"{SdState.Ready}\n{SdState.Status("serving é")}"));
        Assert.Equal("READY=1\nSTATUS=serving é", Receive(manager));
        foreach (var (state, text) in new (string, string)[]
        {
            (SdState.Stopping, "STOPPING=1"),
            (SdState.Watchdog, "WATCHDOG=1"),
            (SdState.WatchdogTrigger, "WATCHDOG=trigger"),
            (SdState.Error(Errno.ENOENT), "ERRNO=2"),
            (SdState.MainPid(4711), "MAINPID=4711"),
            (SdState.ExtendTimeout(TimeSpan.FromSeconds(1.5)), "EXTEND_TIMEOUT_USEC=1500000"),
            (SdState.WatchdogInterval(TimeSpan.FromMilliseconds(2)), "WATCHDOG_USEC=2000"),
            (SdState.FdStoreRemove("web"), "FDSTOREREMOVE=1\nFDNAME=web"),
        })
        {
            Assert.True(Sd_notify(state));
            Assert.Equal(text, Receive(manager));
        }
    }

    [Fact]
    public void Reload_has_time_of_monotonic_clock()
    {
        using Fd manager = Manager();
        long before = MonotonicMicroseconds();
        Sd_notify(SdState.Reloading());
        string[] lines = Receive(manager).Split('\n');
        Assert.Equal("RELOADING=1", lines[0]);
        Assert.StartsWith("MONOTONIC_USEC=", lines[1], StringComparison.Ordinal);
        Assert.InRange(long.Parse(lines[1]["MONOTONIC_USEC=".Length..], CultureInfo.InvariantCulture), before, MonotonicMicroseconds());

        // /proc/uptime is CLOCK_BOOTTIME, which also counts while the machine is suspended. Without suspension both clocks are equal.
        static long MonotonicMicroseconds()
        {
            long nanoseconds = 0;
            foreach (string line in File.ReadLines("/proc/timer_list").Where(line => line.StartsWith("now at", StringComparison.Ordinal)))
                nanoseconds = long.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture);
            return nanoseconds / 1000;
        }
    }

    [Fact]
    public void Descriptors_are_stored_under_name()
    {
        using Fd manager = Manager();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Assert.True(Sd_notify(SdState.FdStore("conn"), first, second));
        Fd?[] stored = new Fd?[3];
        ReceivedMessage message = Recvmsg(manager, buffer, 0, default, stored!);
        Assert.Equal("FDSTORE=1\nFDNAME=conn", Encoding.UTF8.GetString(buffer, 0, message.Length));
        Assert.Null(stored[2]);
        using (stored[0])
        using (stored[1])
        {
            Writen(stored[0]!, "through"u8);
            Assert.Equal(7, Read(second, buffer));
        }
        Assert.True(Sd_notify(SdState.FdStore()));
        Assert.Equal("FDSTORE=1", Receive(manager));
    }

    [Fact]
    public void Barrier_waits_until_manager_has_read_it()
    {
        using Fd manager = Manager();
        Sd_notify("STATUS=before");
        Assert.False(Sd_notify_barrier(TimeSpan.FromMilliseconds(50)));
        Assert.Equal(["STATUS=before", "BARRIER=1"], [Receive(manager), Receive(manager)]);
        Task<bool> waiting = Task.Run(() => Sd_notify_barrier(Limit.Default));
        Assert.Equal("BARRIER=1", Receive(manager));
        Assert.True(waiting.Within());
    }

    [Fact]
    public void Message_to_stuck_manager_fails_after_five_seconds()
    {
        using Fd manager = Manager();
        FillQueue();
        long begun = Stopwatch.GetTimestamp();
        UnpException failure = Limit.Run(() => Assert.Throws<UnpException>(() => Sd_notify(SdState.Watchdog)));
        Assert.Equal(Errno.EAGAIN, failure.Errno);
        Assert.Equal($"sd_notify error: {Errno.EAGAIN.Message} (NOTIFY_SOCKET={directory["notify"]})", failure.Message);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.FromSeconds(4.9), Limit.Default);
        Assert.False(Limit.Run(() => Sd_notify_barrier(TimeSpan.FromMilliseconds(50))));
    }

    [Fact]
    public void Message_waits_until_manager_has_read_another()
    {
        using Fd manager = Manager();
        FillQueue();
        var sending = new BlockedThread<bool>(() => Sd_notify(SdState.Ready)).WaitUntilIn("poll", "ppoll");
        Assert.Equal("x", Receive(manager));
        Assert.True(sending.Result);
    }

    /// <summary>Fills the manager's queue, independently of net.unix.max_dgram_qlen.</summary>
    void FillQueue()
    {
        using Fd socket = Socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK);
        Connect(socket, SockAddr.Unix(directory["notify"]));
        while (send(socket, "x"u8, 0) > 0)
        {
        }
        Assert.Equal(Errno.EAGAIN, Errno.Last);
    }

    [Fact]
    public void Missing_NOTIFY_SOCKET_returns_false() => Assert.Equal((false, false), (Sd_notify(SdState.Ready), Sd_notify_barrier()));

    [Theory]
    [InlineData("relative", "Address family not supported")]
    [InlineData("@", "Address family not supported")]
    [InlineData("vsock", "Address family not supported")]
    [InlineData("vsock:1", "Address family not supported")]
    [InlineData("vsock::1", "Address family not supported")]
    [InlineData("vsock:x:1", "Address family not supported")]
    [InlineData("vsock-raw:1:2", "Address family not supported")]
    [InlineData("vsock:1:4294967295", "sd_notify error")]
    [InlineData("/no/such/directory/socket", "No such file or directory")]
    [InlineData(
        "/123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678",
        "Argument list too long")]
    public void Invalid_NOTIFY_SOCKET_is_rejected_by_name(string place, string reason)
    {
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", place);
        var failure = Assert.Throws<UnpException>(() => Sd_notify(SdState.Ready));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains(place, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptors_over_vsock_are_rejected()
    {
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", "vsock:2:4711");
        UnpException failure = Assert.Throws<UnpException>(() => Sd_notify(SdState.FdStore("conn"), Fd.StandardInput));
        Assert.Equal(Errno.EOPNOTSUPP, failure.Errno);
        Assert.Contains("vsock:2:4711, with 1 descriptor", failure.Message, StringComparison.Ordinal);
        Assert.Equal(Errno.EOPNOTSUPP, Assert.Throws<UnpException>(() => Sd_notify_barrier(Limit.Default)).Errno);
    }

    [Fact]
    public void States_with_newline_are_rejected()
    {
        Assert.Throws<ArgumentException>(() => SdState.Status("a\nREADY=1"));
        Assert.Throws<ArgumentException>(() => SdState.FdStore("a:b"));
        Assert.Throws<ArgumentException>(() => SdState.FdStore("a\nb"));
        Assert.Throws<ArgumentException>(() => SdState.FdStore(new string('a', 256)));
        Assert.Throws<ArgumentException>(() => SdState.FdStoreRemove(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => SdState.ExtendTimeout(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentException>(() => Sd_notify(""));
    }

    [Fact]
    public void Watchdog_counts_only_for_process_that_it_names()
    {
        Assert.False(Sd_watchdog_enabled(out TimeSpan interval));
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", "30000000");
        Assert.True(Sd_watchdog_enabled(out interval));
        Assert.Equal(TimeSpan.FromSeconds(30), interval);
        Environment.SetEnvironmentVariable("WATCHDOG_PID", "1");
        Assert.False(Sd_watchdog_enabled(out interval));
        Assert.Equal(TimeSpan.Zero, interval);
        Environment.SetEnvironmentVariable("WATCHDOG_PID", $"{Environment.ProcessId}");
        Assert.True(Sd_watchdog_enabled(out _));
        foreach (string value in (string[])["0", "-1", "soon", ""])
        {
            // .NET 9 and later distinguish an empty variable from a missing one.
            Environment.SetEnvironmentVariable("WATCHDOG_USEC", value);
            var failure = Assert.Throws<UnpException>(() => Sd_watchdog_enabled(out _));
            Assert.Equal($"sd_watchdog_enabled error: Invalid argument (WATCHDOG_USEC={value})", failure.Message);
        }
    }

    Fd Manager(bool isAbstract = false)
    {
        Fd manager = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        string place = isAbstract ? $"@{directory["notify"]}" : directory["notify"];
        Bind(manager, isAbstract ? SockAddr.UnixAbstract(place[1..]) : SockAddr.Unix(place));
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", place);
        return manager;
    }

    /// <summary>Receives the next message, and closes the descriptors that came with it.</summary>
    string Receive(Fd manager) => Encoding.UTF8.GetString(buffer, 0, Recv(manager, buffer));
}
