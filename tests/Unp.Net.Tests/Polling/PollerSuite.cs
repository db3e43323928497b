namespace Unp.Net.Tests.Polling;

/// <summary>Tests the contract of <see cref="Poller"/>. Each theory of a derived class runs for every mechanism of the machine.</summary>
public abstract class PollerSuite
{
    /// <summary>The events that select does not distinguish by itself. It calls poll for them if they are requested.</summary>
    protected const PollEvents Details = PollEvents.HangUp | PollEvents.PeerClosed | PollEvents.Error;

    protected static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    /// <summary>All mechanisms. kqueue runs on Linux if UNP_KQUEUE_LIBRARY names an implementation.</summary>
    public static TheoryData<string> Mechanisms => [.. TestKqueue.Mechanisms];

    /// <summary>Mechanisms with <see cref="PollMode.EdgeTriggered"/> and <see cref="PollMode.OneShot"/>.</summary>
    public static TheoryData<string> Edged => [.. Mechanisms.Select(row => row.Data).Where(mechanism => mechanism is "epoll" or "kqueue")];

    /// <summary>Mechanisms without these modes.</summary>
    public static TheoryData<string> Plain => [.. Mechanisms.Select(row => row.Data).Where(mechanism => mechanism is "select" or "poll")];

    /// <summary>Mechanisms that accept a descriptor of 1024 or more.</summary>
    public static TheoryData<string> Unlimited => [.. Mechanisms.Select(row => row.Data).Where(mechanism => mechanism != "select")];

    /// <summary>The system calls in which a mechanism may wait; they depend on the C library.</summary>
    protected static string[] SystemCalls(string mechanism) => mechanism switch
    {
        "select" => ["pselect6", "select"],
        "poll" => ["poll", "ppoll"],
        "epoll" => ["epoll_wait", "epoll_pwait"],
        _ => ["epoll_wait", "epoll_pwait", "poll", "ppoll", "pselect6", "select"],
    };

    /// <summary>The smallest time unit of a mechanism.</summary>
    protected static TimeSpan Unit(string mechanism) => mechanism switch
    {
        "select" => TimeSpan.FromMicroseconds(1),
        "poll" or "epoll" => TimeSpan.FromMilliseconds(1),
        _ => TimeSpan.FromTicks(1),
    };

    /// <summary>Waits once, by default up to the time limit of a test.</summary>
    protected static PollEvent[] Wait(Poller poller, TimeSpan? timeout = null, int room = 16)
    {
        var events = new PollEvent[room];
        return events[..poller.Wait(events, timeout ?? Limit.Default)];
    }

    /// <summary>Waits for exactly one event.</summary>
    protected static PollEvent WaitForOne(Poller poller) => Assert.Single(Wait(poller));

    /// <summary>Asserts that nothing is ready.</summary>
    protected static void AssertQuiet(Poller poller) => Assert.Empty(Wait(poller, TimeSpan.Zero));

    /// <summary>Asserts that a wait lasts until its timeout, so that neither an old wake-up nor a closed descriptor ends it.</summary>
    protected static void AssertSleeps(Poller poller)
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        Assert.Empty(Wait(poller, Short));
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started), Short, Limit.Default);
    }

    /// <summary>Returns the expected events: select does not report <see cref="Details"/> unless one is requested.</summary>
    protected static PollEvents Expected(Poller poller, PollEvents events, PollEvents interest) =>
        poller.Mechanism == "select" && (interest & Details) == 0 ? events & ~Details : events;
}
