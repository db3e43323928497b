using System.Diagnostics.Metrics;

namespace Unp.Net.Pipelines;

/// <summary>Options for an <see cref="EventLoop"/>.</summary>
public sealed record EventLoopOptions
{
    /// <summary>
    /// Gets the name of the loop's thread, which is also the tag <c>unp.loop.name</c> of its metrics. The default is
    /// <c>"unp loop"</c>.
    /// </summary>
    public string Name { get; init; } = "unp loop";

    /// <summary>
    /// Gets the mechanism that the loop waits with: select, poll, epoll or kqueue. Null, the default, means the environment
    /// variable UNP_POLLER if it is set, otherwise the best mechanism of the system.
    /// </summary>
    public string? Mechanism { get; init; }

    /// <summary>Gets the clock of the timers. The default is the system's clock.</summary>
    /// <remarks>
    /// Another clock must support timers (<see cref="TimeProvider.CreateTimer"/>), as the clocks for tests do. The loop uses such a timer
    /// to wake when its own next timer is due.
    /// </remarks>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Gets how long the loop polls again and again before it sleeps. Zero, the default, means not at all. Spinning occupies a
    /// processor. See <see cref="Poller.SpinPeriod"/>.
    /// </summary>
    public TimeSpan SpinPeriod { get; init; }

    /// <summary>
    /// Gets the processor that the loop's thread runs on, from 0. Null, the default, leaves the choice to the system. Linux only.
    /// </summary>
    public int? Processor { get; init; }

    /// <summary>
    /// Gets whether the continuations of operations run on the thread pool. The default, false, runs them on the loop's thread.
    /// </summary>
    /// <remarks>
    /// The default saves a switch to another thread per operation. The continuations must not block then, because the loop does nothing
    /// else meanwhile.
    /// </remarks>
    public bool RunContinuationsAsynchronously { get; init; }

    /// <summary>
    /// Gets the handler of exceptions that work on the loop throws. Null, the default, lets such an exception end the process, as
    /// an exception of any thread does.
    /// </summary>
    /// <remarks>
    /// <para>The handler runs on the loop's thread, and the loop continues afterwards. Once the loop has ended, the handler runs on the
    /// thread of the work. An exception of the handler itself ends the process.</para>
    /// <para>An exception that only says that the loop stops is not reported (see <see cref="EventLoop.StopAsync"/>). The loss of a
    /// connection that an <see cref="EventLoopGroup"/> serves is reported, but never ends the process.</para>
    /// </remarks>
    public Action<EventLoop, Exception>? OnException { get; init; }

    /// <summary>
    /// Gets how long one turn of the loop may take before it counts as a stall. <see cref="Timeout.InfiniteTimeSpan"/> turns the
    /// check off. The default is 500 ms.
    /// </summary>
    /// <remarks>
    /// A handler may block the loop's thread until a read or a flush of a <see cref="LoopConnection"/> of the same loop completes. It would
    /// wait indefinitely. After this time the read or flush fails with an <see cref="InvalidOperationException"/>, and a connection whose
    /// flush fails in this way is aborted. This applies to the reads of connections that read ahead, and to the flushes of all connections.
    /// </remarks>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Gets the handler of stalls. It is called once per turn that takes longer than <see cref="StallTimeout"/>, while the turn
    /// still runs, with the duration so far. Null, the default, means no handler.
    /// </summary>
    /// <remarks>The handler runs on the thread that checks all loops, so it should return quickly.</remarks>
    public Action<EventLoop, TimeSpan>? OnStall { get; init; }

    /// <summary>
    /// Gets the factory of the meter <c>Unp.Net.Pipelines</c>. Null, the default, means a meter of the loop itself, which every
    /// listener for that name sees.
    /// </summary>
    public IMeterFactory? MeterFactory { get; init; }

    /// <summary>Validates the options. The constructor of <see cref="EventLoop"/> calls this method.</summary>
    /// <exception cref="ArgumentException">
    /// <see cref="Name"/> or <see cref="TimeProvider"/> is null, or a number or time is out of range. The exception names the property.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">
    /// <see cref="Processor"/> is set, but this system cannot bind a thread to a processor.
    /// </exception>
    public void Validate()
    {
        ArgumentNullException.ThrowIfNull(Name);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(SpinPeriod, TimeSpan.Zero);
        if (Processor is { } processor)
            ArgumentOutOfRangeException.ThrowIfNegative(processor, nameof(Processor));
        if (Processor is not null && !OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("A thread can be bound to a processor on Linux only.");
        if (StallTimeout <= TimeSpan.Zero && StallTimeout != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(
                nameof(StallTimeout), StallTimeout, "StallTimeout must be positive, or Timeout.InfiniteTimeSpan.");
        }
    }
}
