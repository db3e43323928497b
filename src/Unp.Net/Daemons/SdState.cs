using System.Diagnostics;
using System.Globalization;

namespace Unp.Net;

/// <summary>
/// The assignments that systemd understands, for <see cref="Libunp.Sd_notify"/> (sd_notify(3)). Separate several assignments with newlines:
/// <c>$"{SdState.Ready}\n{SdState.Status("serving 3 addresses")}"</c>.
/// </summary>
public static class SdState
{
    /// <summary>The service has started, or has reloaded its configuration.</summary>
    public const string Ready = "READY=1";

    /// <summary>The service is about to stop.</summary>
    public const string Stopping = "STOPPING=1";

    /// <summary>
    /// The service is alive. Send it at least once, better twice, per interval of <see cref="Libunp.Sd_watchdog_enabled"/>.
    /// </summary>
    public const string Watchdog = "WATCHDOG=1";

    /// <summary>The service has detected a failure and asks systemd to act as if <see cref="Watchdog"/> were missing.</summary>
    public const string WatchdogTrigger = "WATCHDOG=trigger";

    /// <summary>
    /// Returns the assignments for the start of a configuration reload; <see cref="Ready"/> ends the reload. They include the time, as
    /// Type=notify-reload requires.
    /// </summary>
    public static string Reloading() =>
        Assignment("RELOADING=1\nMONOTONIC_USEC", Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000));

    /// <summary>Returns the assignment for a status text, which <c>systemctl status</c> shows.</summary>
    /// <exception cref="ArgumentException"><paramref name="text"/> contains a newline.</exception>
    public static string Status(string text) => Assignment("STATUS", text);

    /// <summary>Returns the assignment for the error number with which the service has failed.</summary>
    public static string Error(Errno errno) => Assignment("ERRNO", errno.Value);

    /// <summary>Returns the assignment for the main process of the service, if it is not the process that systemd started.</summary>
    public static string MainPid(int pid) => Assignment("MAINPID", pid);

    /// <summary>Returns the assignment that asks for more time to start, reload or stop, counted from now.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public static string ExtendTimeout(TimeSpan time) => Assignment("EXTEND_TIMEOUT_USEC", Microseconds(time));

    /// <summary>Returns the assignment for a new interval of the watchdog.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is negative.</exception>
    public static string WatchdogInterval(TimeSpan interval) => Assignment("WATCHDOG_USEC", Microseconds(interval));

    /// <summary>
    /// Asks systemd to keep the descriptors of this message (FileDescriptorStoreMax=). When systemd starts the service again, they are in
    /// <see cref="Listeners.FromEnvironment"/> under this name.
    /// </summary>
    /// <param name="name">The name for all of them, at most 255 printable ASCII characters without colon; null is "stored".</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not such a name.</exception>
    public static string FdStore(string? name = null) => name is null ? "FDSTORE=1" : $"FDSTORE=1\n{FdName(name)}";

    /// <summary>Asks systemd to close the descriptors that it keeps under a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a valid name.</exception>
    public static string FdStoreRemove(string name) => $"FDSTOREREMOVE=1\n{FdName(name)}";

    static string FdName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > 255 || name.Any(c => c is < ' ' or > '~' or ':'))
        {
            throw new ArgumentException(
                $"A descriptor name must have at most 255 printable ASCII characters and no colon: {name}", nameof(name));
        }
        return $"FDNAME={name}";
    }

    static string Assignment(string name, long value) => string.Create(CultureInfo.InvariantCulture, $"{name}={value}");

    static string Assignment(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Contains('\n', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The value of {name} must not contain a newline: {value.Replace("\n", "\\n", StringComparison.Ordinal)}", nameof(value));
        }
        return $"{name}={value}";
    }

    static long Microseconds(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        return time.Ticks / TimeSpan.TicksPerMicrosecond;
    }
}
