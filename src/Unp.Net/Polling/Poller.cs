using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// Waits for any number of descriptors at once: select, poll, epoll or kqueue behind one contract. <see cref="Create()"/> makes the best that the system
/// has; a class a mechanism stands beside it.
/// </summary>
/// <remarks>
/// <para>One thread at a time may use it, but for <see cref="Wake"/>, which any may call. What is added stays level-triggered unless
/// <see cref="PollMode"/> says else.</para>
/// <para>A descriptor that is closed needs no <see cref="Remove"/>: nothing more is told of it, even when its number belongs to another one by then.
/// That holds for descriptors closed through the object they were added with; who closes a borrowed number behind that object's back removes it
/// first.</para>
/// </remarks>
public abstract partial class Poller : IDisposable
{
    // By descriptor: the kernel speaks of numbers, and they are small.
    PollRegistration?[] registrations = new PollRegistration?[64];
    uint generation;
    int disposed;

    private protected Poller(string mechanism) => Mechanism = mechanism;

    /// <summary><c>"select"</c>, <c>"poll"</c>, <c>"epoll"</c> or <c>"kqueue"</c>.</summary>
    public string Mechanism { get; }

    /// <summary>How many descriptors are added. Those that were closed without <see cref="Remove"/> count until they are found.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// How long <see cref="Wait"/> looks again and again before it blocks; zero (the default) for not at all. It costs a processor, and spares one
    /// that waits for a quick answer the way through the scheduler.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public TimeSpan SpinTime
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    }

    /// <summary>Makes the poller that the environment variable UNP_POLLER names, or else the best of the system: epoll, kqueue, poll.</summary>
    /// <exception cref="ArgumentException">UNP_POLLER is none of the four.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have the one that it names.</exception>
    public static Poller Create() =>
        Environment.GetEnvironmentVariable("UNP_POLLER") is { Length: > 0 } chosen ? Create(chosen, "UNP_POLLER") : Create(Best);

    /// <summary>Makes the poller of a mechanism.</summary>
    /// <param name="mechanism">select, poll, epoll or kqueue.</param>
    /// <exception cref="ArgumentException">It is none of the four.</exception>
    /// <exception cref="PlatformNotSupportedException">This system does not have it.</exception>
    public static Poller Create(string mechanism) => Create(mechanism, nameof(mechanism));

    /// <summary>Watches a descriptor.</summary>
    /// <param name="descriptor">Any that is open: a socket, pipe, terminal, file. A file is always readable and writable.</param>
    /// <param name="interest">What to tell.</param>
    /// <param name="state">The program's own object, that comes with each event.</param>
    /// <param name="mode">How to watch.</param>
    /// <exception cref="InvalidOperationException">It is added already.</exception>
    /// <exception cref="NotSupportedException">The mechanism does not have that mode or event; the message names both.</exception>
    /// <exception cref="ArgumentOutOfRangeException">select only: it is 1024 or more.</exception>
    /// <exception cref="UnpException">EBADF, ENOSPC (max_user_watches), ENOMEM.</exception>
    public PollRegistration Add(SafeHandle descriptor, PollEvents interest, object? state = null, PollMode mode = PollMode.LevelTriggered) =>
        Add(descriptor, interest, mode, state, 0);

    /// <inheritdoc cref="Add(SafeHandle, PollEvents, object, PollMode)"/>
    /// <param name="descriptor">Any that is open: a socket, pipe, terminal, file. A file is always readable and writable.</param>
    /// <param name="interest">What to tell.</param>
    /// <param name="data">The program's own number, that comes with each event.</param>
    /// <param name="mode">How to watch.</param>
    public PollRegistration Add(SafeHandle descriptor, PollEvents interest, nint data, PollMode mode = PollMode.LevelTriggered) =>
        Add(descriptor, interest, mode, null, data);

    /// <inheritdoc cref="Add(SafeHandle, PollEvents, object, PollMode)"/>
    public PollRegistration Add(SafeHandle descriptor, PollEvents interest, PollMode mode) => Add(descriptor, interest, mode, null, 0);

    /// <summary>Changes what is told of a descriptor, and how; arms a <see cref="PollMode.OneShot"/> again.</summary>
    /// <param name="registration">What <see cref="Add(SafeHandle, PollEvents, object, PollMode)"/> returned.</param>
    /// <param name="interest">What to tell from now on.</param>
    /// <param name="mode">How to watch from now on; null leaves it.</param>
    /// <exception cref="ArgumentException">It is not added here.</exception>
    /// <exception cref="ObjectDisposedException">The descriptor, or the poller, is closed.</exception>
    /// <exception cref="NotSupportedException">The mechanism does not have that mode or event; the message names both.</exception>
    public void Modify(PollRegistration registration, PollEvents interest, PollMode? mode = null)
    {
        CheckOwned(registration);
        Libunp.Check(registration.Descriptor);
        if (Registered(registration.Number) != registration)
            ThrowNotAdded(registration);
        PollMode newMode = mode ?? registration.Mode;
        CheckSupported(interest, newMode);
        if (((registration.Mode | newMode) & PollMode.Exclusive) != 0)
            throw new NotSupportedException($"{Mechanism} cannot modify {registration} from or to Exclusive; remove it and add it again.");
        if (!registration.IsFile)
            Change(registration, interest, newMode);
        registration.Interest = interest;
        registration.Mode = newMode;
        registration.IsSpent = false;
    }

    /// <summary>
    /// Watches a descriptor no longer. That it has been closed meanwhile is no error, even when its number was added anew: the new one stays.
    /// </summary>
    /// <param name="registration">What <see cref="Add(SafeHandle, PollEvents, object, PollMode)"/> returned.</param>
    /// <exception cref="ArgumentException">It is not added here: it is another poller's, or was removed before.</exception>
    /// <exception cref="ObjectDisposedException">The poller is closed.</exception>
    public void Remove(PollRegistration registration)
    {
        CheckOwned(registration);
        registration.Owner = null;
        if (Registered(registration.Number) == registration)
            Drop(registration);
    }

    /// <summary>The registration of a descriptor, or null when it is not added.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor, or the poller, is closed.</exception>
    public PollRegistration? Find(SafeHandle descriptor)
    {
        CheckOpen();
        Libunp.Check(descriptor);
        return Registered((int)descriptor.DangerousGetHandle()) is { IsAdded: true } found ? found : null;
    }

    /// <summary>Whether the mechanism can watch a descriptor of that number: select cannot from 1024 on, the others can always.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    public virtual bool Fits(SafeHandle descriptor)
    {
        Libunp.Check(descriptor);
        return true;
    }

    /// <summary>Waits until something is ready, and tells what.</summary>
    /// <param name="events">Where the events go, at least one. When more are ready than there is room for, the others come first next time.</param>
    /// <param name="timeout">
    /// At most so long, rounded up to what the mechanism counts in; zero looks once; null and <see cref="Timeout.InfiniteTimeSpan"/> wait for ever.
    /// poll and epoll count to 24.8 days, select and kqueue to three years, and end a longer wait then.
    /// </param>
    /// <returns>
    /// How many events there are; 0 when the time ran out, a signal was handled, <see cref="Wake"/> was called, or a closed descriptor was found before
    /// anything else.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is negative.</exception>
    /// <exception cref="ObjectDisposedException">The poller is closed.</exception>
    /// <exception cref="UnpException">ENOMEM; EINVAL: poll, and more descriptors than RLIMIT_NOFILE.</exception>
    public int Wait(Span<PollEvent> events, TimeSpan? timeout = null)
    {
        CheckOpen();
        if (events.IsEmpty)
            throw new ArgumentException("There is room for 0 events: nothing ready could not be told from the end of the wait.", nameof(events));
        TimeSpan longest = timeout ?? Timeout.InfiniteTimeSpan;
        if (longest < TimeSpan.Zero && longest != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A time-out is not negative.");

        if (SpinTime > TimeSpan.Zero && longest != TimeSpan.Zero)
            return Spin(events, longest);
        return Math.Max(0, Look(events, longest));
    }

    /// <summary>
    /// Ends a <see cref="Wait"/>: the one that goes on, or else the next one. Any thread may call it; several calls before that wait are one.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The poller is closed.</exception>
    public void Wake()
    {
        CheckOpen();
        Rouse();
    }

    /// <summary>Watches nothing any more. The descriptors that were added stay open; they are their owners'.</summary>
    /// <remarks>It does not end a <see cref="Wait"/> of another thread: <see cref="Wake"/> that, and see it end, first.</remarks>
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

    static string Best => OperatingSystem.IsLinux() ? "epoll" : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? "kqueue" : "poll";

    static Poller Create(string mechanism, string source) => mechanism switch
    {
        "select" => new SelectPoller(),
        "poll" => new PollPoller(),
        "epoll" => OperatingSystem.IsLinux() ? new EpollPoller() : throw new PlatformNotSupportedException("epoll exists on Linux only; here are kqueue and poll."),
        "kqueue" => new KqueuePoller(),
        _ => throw new ArgumentException($"There is no poller \"{mechanism}\"; there are select, poll, epoll and kqueue.", source),
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
                throw new InvalidOperationException($"fd {number} is added already, for {earlier.Interest}; use Modify.");
            Drop(earlier);
        }

        var registration = new PollRegistration(descriptor, number, state, data) { Interest = interest, Mode = mode, Generation = ++generation };
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
        throw new ArgumentException($"{registration.Descriptor} is not added to this poller, or was removed from it.", nameof(registration));
}
