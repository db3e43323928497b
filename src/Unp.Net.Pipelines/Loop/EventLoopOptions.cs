using System.Diagnostics.Metrics;

namespace Unp.Net.Pipelines;

/// <summary>What can be chosen for an <see cref="EventLoop"/>.</summary>
public sealed class EventLoopOptions
{
    /// <summary>The name of the loop's thread, and the tag <c>unp.loop.name</c> of its figures.</summary>
    public string Name { get; set; } = "unp loop";

    /// <summary>select, poll, epoll or kqueue; null (the default) for what the environment variable UNP_POLLER says, or else the best of the system.</summary>
    public string? Mechanism { get; set; }

    /// <summary>
    /// The clock of the timers. One that is not the system's has to tell by a timer of its own (<see cref="TimeProvider.CreateTimer"/>) when the next
    /// one of the loop's is due, as those made for tests do.
    /// </summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>
    /// How long the loop looks again and again for what is ready before it sleeps; zero (the default) for not at all. It costs a processor. See
    /// <see cref="Poller.SpinTime"/>.
    /// </summary>
    public TimeSpan SpinTime { get; set; }

    /// <summary>The processor that the loop's thread runs on, from 0; null (the default) leaves it to the system. Linux.</summary>
    public int? Processor { get; set; }

    /// <summary>
    /// Whether what awaits an operation goes on on the thread pool. By default it goes on on the loop's thread, which spares each operation the way to
    /// another thread; it must not block then, since nothing else of the loop runs meanwhile.
    /// </summary>
    public bool RunContinuationsAsynchronously { get; set; }

    /// <summary>
    /// Gets each exception of work on the loop, on the loop's thread (once the loop has ended, on the thread of the work); the loop
    /// continues. Without it (the default) the exception ends the process, as an exception of any thread does. An exception of this handler
    /// itself ends the process.
    /// </summary>
    /// <remarks>
    /// An exception that only says that the loop stops is not reported (see <see cref="EventLoop.StopAsync"/>). The loss of a connection
    /// that an <see cref="EventLoopGroup"/> serves is reported, but does not end the process.
    /// </remarks>
    public Action<EventLoop, Exception>? OnException { get; set; }

    /// <summary>How long one turn of the loop may take before it counts as stalled; <see cref="Timeout.InfiniteTimeSpan"/> for never to look.</summary>
    /// <remarks>
    /// A handler that blocks the loop's thread until a read or a flush of a <see cref="LoopConnection"/> of the loop completes would wait
    /// indefinitely. After this time the read or flush ends with an <see cref="InvalidOperationException"/>, and a connection whose flush
    /// ends so is aborted. This concerns connections that read ahead, and the flushes of all.
    /// </remarks>
    public TimeSpan StallThreshold { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Is told of a turn that takes longer than <see cref="StallThreshold"/>, once and while it still goes on, with how long it has taken so far: on the thread that
    /// looks after all loops, and should be quick.
    /// </summary>
    public Action<EventLoop, TimeSpan>? OnStall { get; set; }

    /// <summary>What makes the meter <c>Unp.Net.Pipelines</c>; null (the default) for one that every listener of that name sees.</summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>A copy, that nobody can change under the loop, once it is known to make sense.</summary>
    internal EventLoopOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(Name);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(SpinTime, TimeSpan.Zero);
        if (Processor is { } processor)
            ArgumentOutOfRangeException.ThrowIfNegative(processor, nameof(Processor));
        if (Processor is not null && !OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("A thread can be bound to a processor on Linux only.");
        if (StallThreshold <= TimeSpan.Zero && StallThreshold != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(StallThreshold), StallThreshold, "A threshold is positive, or Timeout.InfiniteTimeSpan.");
        return (EventLoopOptions)MemberwiseClone();
    }
}
