using System.Diagnostics;
using System.Globalization;

namespace Unp.Net;

/// <summary>
/// The assignments that systemd understands, for <see cref="Libunp.Sd_notify"/> (sd_notify(3)). Several go in one message, with newlines between:
/// <c>$"{SdState.Ready}\n{SdState.Status("serving 3 addresses")}"</c>.
/// </summary>
public static class SdState
{
    /// <summary>The service has started, or has read its configuration again.</summary>
    public const string Ready = "READY=1";

    /// <summary>The service is about to end.</summary>
    public const string Stopping = "STOPPING=1";

    /// <summary>The service lives: to be said at least once in each interval of <see cref="Libunp.Sd_watchdog_enabled"/>, better twice.</summary>
    public const string Watchdog = "WATCHDOG=1";

    /// <summary>The service has found itself at fault, and wants what a missed <see cref="Watchdog"/> brings.</summary>
    public const string WatchdogTrigger = "WATCHDOG=trigger";

    /// <summary>The service reads its configuration again, as of now; <see cref="Ready"/> says that it has. With the time, as Type=notify-reload wants it.</summary>
    public static string Reloading() =>
        Assignment("RELOADING=1\nMONOTONIC_USEC", Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000));

    /// <summary>What the service does, for <c>systemctl status</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> has a newline.</exception>
    public static string Status(string text) => Assignment("STATUS", text);

    /// <summary>Why the service has failed, by an error number.</summary>
    public static string Error(Errno errno) => Assignment("ERRNO", errno.Value);

    /// <summary>The service's main process, where that is not the one that systemd has started.</summary>
    public static string MainPid(int pid) => Assignment("MAINPID", pid);

    /// <summary>The service needs longer to start, reload or stop than it may: so long from now.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public static string ExtendTimeout(TimeSpan time) => Assignment("EXTEND_TIMEOUT_USEC", Microseconds(time));

    /// <summary>Another interval for the watchdog.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is negative.</exception>
    public static string WatchdogInterval(TimeSpan interval) => Assignment("WATCHDOG_USEC", Microseconds(interval));

    /// <summary>
    /// systemd is to keep the descriptors of this message, and to give them back when it starts the service again (FileDescriptorStoreMax=): then
    /// they are among <see cref="Listeners.FromEnvironment"/>, under this name.
    /// </summary>
    /// <param name="name">The name of all of them; null: "stored". At most 255 printable ASCII characters without colon.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is none.</exception>
    public static string FdStore(string? name = null) => name is null ? "FDSTORE=1" : $"FDSTORE=1\n{FdName(name)}";

    /// <summary>systemd is to close the descriptors that it keeps under a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is none.</exception>
    public static string FdStoreRemove(string name) => $"FDSTOREREMOVE=1\n{FdName(name)}";

    static string FdName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > 255 || name.Any(c => c is < ' ' or > '~' or ':'))
            throw new ArgumentException($"A name of a descriptor has at most 255 printable ASCII characters and no colon: {name}", nameof(name));
        return $"FDNAME={name}";
    }

    static string Assignment(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");

    static string Assignment(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\n', StringComparison.Ordinal))
            throw new ArgumentException($"The value of {name} cannot have a newline: {value.Replace("\n", "\\n", StringComparison.Ordinal)}", nameof(value));
        return $"{name}={value}";
    }

    static long Microseconds(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return time.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
