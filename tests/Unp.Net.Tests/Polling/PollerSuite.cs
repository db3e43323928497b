namespace Unp.Net.Tests.Polling;

/// <summary>The contract of <see cref="Poller"/>: every theory of a class under this one runs for every mechanism that the machine has.</summary>
public abstract class PollerSuite
{
    /// <summary>What only a poll of the descriptor tells: select keeps it to itself unless it is asked for.</summary>
    protected const PollEvents Details = PollEvents.HangUp | PollEvents.PeerClosed | PollEvents.Error;

    protected static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    /// <summary>kqueue runs on Linux where UNP_KQUEUE_LIBRARY names an implementation of it.</summary>
    public static TheoryData<string> Mechanisms => [.. TestKqueue.Mechanisms];

    /// <summary>Those that have <see cref="PollMode.EdgeTriggered"/> and <see cref="PollMode.OneShot"/>.</summary>
    public static TheoryData<string> Edged => [.. Mechanisms.Select(row => row.Data).Where(mechanism => mechanism is "epoll" or "kqueue")];

    /// <summary>Those that have not.</summary>
    public static TheoryData<string> Plain => [.. Mechanisms.Select(row => row.Data).Where(mechanism => mechanism is "select" or "poll")];

    /// <summary>Those that take a descriptor of 1024 or more.</summary>
    public static TheoryData<string> Unlimited => [.. Mechanisms.Select(row => row.Data).Where(mechanism => mechanism != "select")];

    /// <summary>The system calls that a mechanism waits in, on one C library or another.</summary>
    protected static string[] SystemCalls(string mechanism) => mechanism switch
    {
        "select" => ["pselect6", "select"],
        "poll" => ["poll", "ppoll"],
        "epoll" => ["epoll_wait", "epoll_pwait"],
        _ => ["epoll_wait", "epoll_pwait", "poll", "ppoll", "pselect6", "select"],
    };

    /// <summary>The shortest time that a mechanism counts.</summary>
    protected static TimeSpan Unit(string mechanism) => mechanism switch
    {
        "select" => TimeSpan.FromMicroseconds(1),
        "poll" or "epoll" => TimeSpan.FromMilliseconds(1),
        _ => TimeSpan.FromTicks(1),
    };

    /// <summary>One wait, that ends at the latest when a test has waited long enough.</summary>
    protected static PollEvent[] Wait(Poller poller, TimeSpan? timeout = null, int room = 16)
    {
        var events = new PollEvent[room];
        return events[..poller.Wait(events, timeout ?? Limit.Default)];
    }

    /// <summary>Waits for the one event there is.</summary>
    protected static PollEvent WaitForOne(Poller poller) => Assert.Single(Wait(poller));

    /// <summary>Nothing is ready.</summary>
    protected static void AssertQuiet(Poller poller) => Assert.Empty(Wait(poller, TimeSpan.Zero));

    /// <summary>Nothing ends a wait before its time: not a wake-up that was left behind, not a closed descriptor.</summary>
    protected static void AssertSleeps(Poller poller)
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Empty(Wait(poller, Short));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started), Short, Limit.Default);
    }

    /// <summary>Drops what select does not tell of these, unless it was asked.</summary>
    protected static PollEvents Told(Poller poller, PollEvents events, PollEvents interest) =>
        poller.Mechanism == "select" && (interest & Details) == 0 ? events & ~Details : events;
}
