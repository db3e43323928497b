using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// A wait for any number of descriptors at once, with select, poll, epoll or kqueue. <see cref="Create()"/> creates the best poller of the
/// system. Each mechanism has its own subclass.
/// </summary>
/// <remarks>
/// <para>The poller is not thread-safe, except for <see cref="Wake"/>, which any thread may call. Descriptors are level-triggered unless
/// <see cref="PollMode"/> says otherwise.</para>
/// <para>A descriptor may be closed without <see cref="Remove"/>. The poller then no longer reports it, even if another descriptor gets its
/// number. This requires that it is closed through the <see cref="SafeHandle"/> that was added. Remove a borrowed number before its real
/// owner closes it.</para>
/// </remarks>
/// <example>
/// <code>
/// using Poller poller = Poller.Create();
/// poller.Add(listenfd, PollEvents.Readable, state: "listener");
/// var events = new PollEvent[64];
/// int count = poller.Wait(events, TimeSpan.FromSeconds(5));
/// foreach (PollEvent ready in events.AsSpan(0, count))
///     Console.WriteLine($"{ready.State}: {ready.Events}");
/// </code>
/// </example>
public abstract partial class Poller : IDisposable
{
    // Indexed by descriptor. The array stays short, because the kernel assigns the lowest free number.
    PollRegistration?[] registrations = new PollRegistration?[64];
    uint generation;
    int disposed;

    private protected Poller(string mechanism) => Mechanism = mechanism;

    /// <summary>Gets the mechanism: <c>"select"</c>, <c>"poll"</c>, <c>"epoll"</c> or <c>"kqueue"</c>.</summary>
    public string Mechanism { get; }

    /// <summary>
    /// Gets the number of descriptors that are added. Descriptors that were closed without <see cref="Remove"/> count until the poller
    /// notices.
    /// </summary>
    public int Count { get; private set; }

    /// <summary>
    /// Gets or sets how long <see cref="Wait"/> polls before it blocks. The default, zero, does not poll. Polling keeps a processor busy,
    /// but avoids the delay of the scheduler when an event is imminent.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan SpinPeriod
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>
    /// Creates the poller that the environment variable UNP_POLLER names, or the best poller of the system: epoll, else kqueue, else poll.
    /// </summary>
    /// <returns>A poller without descriptors.</returns>
    /// <exception cref="ArgumentException">UNP_POLLER is not select, poll, epoll or kqueue.</exception>
    /// <exception cref="PlatformNotSupportedException">The system does not have the mechanism that UNP_POLLER names.</exception>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    public static Poller Create() =>
        Environment.GetEnvironmentVariable("UNP_POLLER") is { Length: > 0 } chosen ? Create(chosen, "UNP_POLLER") : Create(Best);

    /// <summary>Creates the poller of a mechanism.</summary>
    /// <param name="mechanism">select, poll, epoll or kqueue.</param>
    /// <returns>A poller without descriptors.</returns>
    /// <exception cref="ArgumentException"><paramref name="mechanism"/> is not select, poll, epoll or kqueue.</exception>
    /// <exception cref="PlatformNotSupportedException">The system does not have the mechanism.</exception>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOMEM.</exception>
    public static Poller Create(string mechanism) => Create(mechanism, nameof(mechanism));

    /// <summary>Starts to watch a descriptor.</summary>
    /// <param name="descriptor">An open socket, pipe, terminal or file. A file is always readable and writable.</param>
    /// <param name="interest">The events to report.</param>
    /// <param name="state">The caller's own object, returned with each event.</param>
    /// <param name="mode">How to watch the descriptor.</param>
    /// <returns>The registration, to pass to <see cref="Modify"/> and <see cref="Remove"/>.</returns>
    /// <exception cref="InvalidOperationException">The descriptor is already added.</exception>
    /// <exception cref="NotSupportedException">The mechanism does not support the mode or an event. The message names both.</exception>
    /// <exception cref="ArgumentOutOfRangeException">select only: the descriptor is 1024 or more.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor or the poller is closed.</exception>
    /// <exception cref="UnpException">EBADF, ENOSPC (max_user_watches), ENOMEM.</exception>
    /// <example>
    /// The state of a registration finds the client of an event:
    /// <code>
    /// var events = new PollEvent[64];
    /// poller.Add(listenfd, PollEvents.Readable);
    /// foreach (PollEvent ready in events.AsSpan(0, poller.Wait(events)))
    /// {
    ///     if (ready.State is Fd client)
    ///         Console.WriteLine($"{client} has data");
    ///     else if (TryAccept(listenfd, out Fd? connfd, out _))
    ///         poller.Add(connfd, PollEvents.Readable, state: connfd);
    /// }
    /// </code>
    /// </example>
    public PollRegistration Add(
        SafeHandle descriptor, PollEvents interest, object? state = null, PollMode mode = PollMode.LevelTriggered) =>
        Add(descriptor, interest, mode, state, 0);

    /// <inheritdoc cref="Add(SafeHandle, PollEvents, object, PollMode)"/>
    /// <param name="descriptor">An open socket, pipe, terminal or file. A file is always readable and writable.</param>
    /// <param name="interest">The events to report.</param>
    /// <param name="data">The caller's own number, returned with each event.</param>
    /// <param name="mode">How to watch the descriptor.</param>
    public PollRegistration Add(SafeHandle descriptor, PollEvents interest, nint data, PollMode mode = PollMode.LevelTriggered) =>
        Add(descriptor, interest, mode, null, data);

    /// <inheritdoc cref="Add(SafeHandle, PollEvents, object, PollMode)"/>
    public PollRegistration Add(SafeHandle descriptor, PollEvents interest, PollMode mode) => Add(descriptor, interest, mode, null, 0);

    /// <summary>
    /// Changes the events to report and the mode. It also re-arms a <see cref="PollMode.OneShot"/> registration.
    /// </summary>
    /// <param name="registration">The registration that <see cref="Add(SafeHandle, PollEvents, object, PollMode)"/> returned.</param>
    /// <param name="interest">The events to report from now on.</param>
    /// <param name="mode">How to watch the descriptor from now on; null keeps the mode.</param>
    /// <exception cref="ArgumentException">The registration is not added to this poller.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor or the poller is closed.</exception>
    /// <exception cref="NotSupportedException">
    /// The mechanism does not support the mode or an event, or a mode is <see cref="PollMode.Exclusive"/>. The message names them.
    /// </exception>
    /// <exception cref="UnpException">EBADF, ENOENT: the descriptor was closed without its <see cref="SafeHandle"/>; ENOMEM.</exception>
    /// <example>
    /// Wait for space only while there is something to send, because a socket is nearly always writable:
    /// <code>
    /// if (unsent.Length > 0 &amp;&amp; TrySend(fd, unsent.Span, out int sent))
    ///     unsent = unsent[sent..];
    /// poller.Modify(registration, unsent.Length > 0 ? PollEvents.Writable : PollEvents.Readable);
    /// </code>
    /// </example>
    public void Modify(PollRegistration registration, PollEvents interest, PollMode? mode = null)
    {
        CheckOwned(registration);
        Libunp.Check(registration.Descriptor);
        if (Registered(registration.Number) != registration)
            ThrowNotAdded(registration);
        PollMode newMode = mode ?? registration.Mode;
        CheckSupported(interest, newMode);
        if (((registration.Mode | newMode) & PollMode.Exclusive) != 0)
            throw new NotSupportedException($"{Mechanism} cannot modify {registration} from or to Exclusive. Remove it and add it again.");
        if (!registration.IsFile)
            Change(registration, interest, newMode);
        registration.Interest = interest;
        registration.Mode = newMode;
        registration.IsSpent = false;
    }

    /// <summary>
    /// Stops watching a descriptor. The descriptor may already be closed. If its number was added again, the new registration stays.
    /// </summary>
    /// <param name="registration">The registration that <see cref="Add(SafeHandle, PollEvents, object, PollMode)"/> returned.</param>
    /// <exception cref="ArgumentException">The registration belongs to another poller, or was already removed.</exception>
    /// <exception cref="ObjectDisposedException">The poller is closed.</exception>
    public void Remove(PollRegistration registration)
    {
        CheckOwned(registration);
        registration.Owner = null;
        if (Registered(registration.Number) == registration)
            Drop(registration);
    }

    /// <summary>Finds the registration of a descriptor.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <returns>The registration, or null if the descriptor is not added.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor or the poller is closed.</exception>
    public PollRegistration? Find(SafeHandle descriptor)
    {
        CheckOpen();
        Libunp.Check(descriptor);
        return Registered((int)descriptor.DangerousGetHandle()) is { IsAdded: true } found ? found : null;
    }

    /// <summary>Returns whether the mechanism can watch a descriptor of this number.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <returns>False for 1024 and above with select; otherwise true.</returns>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    public virtual bool Fits(SafeHandle descriptor)
    {
        Libunp.Check(descriptor);
        return true;
    }

    /// <summary>Waits until a descriptor is ready, and reports its events.</summary>
    /// <param name="events">
    /// The buffer for the events; it must not be empty. If more descriptors are ready than fit, the next wait reports the others first.
    /// </param>
    /// <param name="timeout">
    /// The longest wait, rounded up to the unit of the mechanism. Zero checks once; null and <see cref="Timeout.InfiniteTimeSpan"/> wait
    /// indefinitely. poll and epoll wait at most 24.8 days, select and kqueue about three years.
    /// </param>
    /// <returns>
    /// The number of events. It is 0 if the time is over, a signal was handled, <see cref="Wake"/> was called, or only a closed descriptor
    /// was found.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The poller is closed.</exception>
    /// <exception cref="UnpException">ENOMEM; EINVAL: poll has more descriptors than RLIMIT_NOFILE.</exception>
    /// <example>
    /// A result of 0 is not always a time-out, so a program with a limit looks at the clock:
    /// <code>
    /// var events = new PollEvent[64];
    /// long limit = Environment.TickCount64 + 5000;
    /// int count;
    /// while ((count = poller.Wait(events, TimeSpan.FromMilliseconds(Math.Max(0, limit - Environment.TickCount64)))) == 0)
    /// {
    ///     if (Environment.TickCount64 >= limit)
    ///         throw new TimeoutException();
    /// }
    /// </code>
    /// </example>
    public int Wait(Span<PollEvent> events, TimeSpan? timeout = null)
    {
        CheckOpen();
        if (events.IsEmpty)
        {
            throw new ArgumentException(
                "The event buffer must not be empty, because an empty result means that the wait timed out.", nameof(events));
        }
        TimeSpan longest = timeout ?? Timeout.InfiniteTimeSpan;
        if (longest < TimeSpan.Zero && longest != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "The timeout must not be negative.");

        if (SpinPeriod > TimeSpan.Zero && longest != TimeSpan.Zero)
            return SpinThenWait(events, longest);
        return Math.Max(0, WaitForAny(events, longest));
    }

    /// <summary>
    /// Ends the current <see cref="Wait"/>, or the next one if none is running. Any thread may call it. Several calls before a wait end
    /// only that wait.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The poller is closed.</exception>
    public void Wake()
    {
        CheckOpen();
        Interrupt();
    }

    /// <summary>Closes the poller. The descriptors that were added stay open, because the caller owns them.</summary>
    /// <remarks>
    /// It does not end a <see cref="Wait"/> on another thread. Call <see cref="Wake"/> and let that wait return first.
    /// </remarks>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        foreach (PollRegistration? registration in registrations)
            registration?.Owner = null;
        registrations = [];
        Count = 0;
        Close();
        GC.SuppressFinalize(this);
    }

    static string Best =>
        Target.IsLinux ? "epoll" : Target.IsMacOS || Target.IsFreeBSD ? "kqueue" : "poll";

    static Poller Create(string mechanism, string source) => mechanism switch
    {
        "select" => new SelectPoller(),
        "poll" => new PollPoller(),
        "epoll" => Target.IsLinux ? new EpollPoller()
            : throw new PlatformNotSupportedException("epoll exists on Linux only. Use kqueue or poll."),
        "kqueue" => new KqueuePoller(),
        _ => throw new ArgumentException($"There is no poller \"{mechanism}\". Use select, poll, epoll or kqueue.", source),
    };

    PollRegistration Add(SafeHandle descriptor, PollEvents interest, PollMode mode, object? state, nint data)
    {
        CheckOpen();
        Libunp.Check(descriptor);
        CheckSupported(interest, mode);
        int number = (int)descriptor.DangerousGetHandle();
        if (Registered(number) is { } earlier)
        {
            if (earlier.IsAdded)
                throw new InvalidOperationException($"fd {number} is already added for {earlier.Interest}. Use Modify to change it.");
            Drop(earlier);
        }

        var registration = new PollRegistration(descriptor, number, state, data)
        {
            Interest = interest,
            Mode = mode,
            Generation = ++generation,
        };
        Attach(registration);
        if (number >= registrations.Length)
            Array.Resize(ref registrations, Math.Max(number + 1, 2 * registrations.Length));
        registrations[number] = registration;
        registration.Owner = this;
        Count++;
        return registration;
    }

    void CheckOpen() => ObjectDisposedException.ThrowIf(Volatile.Read(ref disposed) != 0, this);

    void CheckOwned(PollRegistration registration)
    {
        CheckOpen();
        ArgumentNullException.ThrowIfNull(registration);
        if (registration.Owner != this)
            ThrowNotAdded(registration);
    }

    static void ThrowNotAdded(PollRegistration registration) =>
        throw new ArgumentException(
            $"{registration.Descriptor} was not added to this poller, or was removed from it.", nameof(registration));
}
