using System.Collections;
using System.Globalization;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Who has started a program with sockets to serve.</summary>
public enum ListenersSource
{
    /// <summary>Nobody: the program makes its own.</summary>
    None,

    /// <summary>systemd, or who speaks its protocol: LISTEN_FDS, sd_listen_fds(3).</summary>
    Systemd,

    /// <summary>inetd: descriptor 0 is the socket (section 13.5).</summary>
    Inetd,
}

/// <summary>A descriptor that a program was started with.</summary>
/// <param name="Fd">The descriptor, close-on-exec; inetd's is standard input, and stays as it is.</param>
/// <param name="Name">Its name, FileDescriptorName= of systemd's socket unit: "unknown" where there is none; "inetd" for inetd's.</param>
/// <param name="IsListening">
/// Whether connections are accepted from it (SO_ACCEPTCONN). What does not listen is a connection (inetd's nowait, systemd's Accept=yes), a datagram
/// socket, or no socket at all.
/// </param>
public sealed record ListenerDescriptor(Fd Fd, string Name, bool IsListening);

/// <summary>The descriptors that a program was started with, by systemd's socket activation or by inetd: <see cref="FromEnvironment"/>.</summary>
public sealed class Listeners : IReadOnlyList<ListenerDescriptor>, IDisposable
{
    const int SD_LISTEN_FDS_START = 3;

    readonly ListenerDescriptor[] descriptors;

    Listeners(ListenersSource source, ListenerDescriptor[] descriptors)
    {
        Source = source;
        this.descriptors = descriptors;
    }

    /// <summary>Who has started the program.</summary>
    public ListenersSource Source { get; }

    /// <inheritdoc/>
    public int Count => descriptors.Length;

    /// <inheritdoc/>
    public ListenerDescriptor this[int index] => descriptors[index];

    /// <summary>Looks for systemd's descriptors (sd_listen_fds(3)), or else for inetd's socket.</summary>
    /// <remarks>
    /// <para>systemd's are those from 3 on that LISTEN_FDS counts, if LISTEN_PID is this process; a variable that was let through to another process is
    /// not for it. They are made close-on-exec, and the three variables are removed, so that nothing of it goes to children; a second call finds none.</para>
    /// <para>inetd's is descriptor 0, if that is a socket. It is also the program's standard output and mostly its standard error; see
    /// <see cref="Libunp.Daemon_inetd"/> for the latter.</para>
    /// </remarks>
    /// <returns>What there is; of <see cref="ListenersSource.None"/>, and empty, if there is nothing.</returns>
    /// <exception cref="FormatException">LISTEN_PID is this process, but LISTEN_FDS is no number, or LISTEN_FDNAMES has another number of names.</exception>
    /// <exception cref="UnpException">EBADF: a descriptor that LISTEN_FDS counts is not open.</exception>
    public static Listeners FromEnvironment()
    {
        (string? pid, string? fds, string? names) = (Take("LISTEN_PID"), Take("LISTEN_FDS"), Take("LISTEN_FDNAMES"));
        if (pid == $"{Environment.ProcessId}" && fds is not null)
            return FromSystemd(fds, names);
        return IsSocket(Fd.StandardInput)
            ? new(ListenersSource.Inetd, [new(Fd.StandardInput, "inetd", IsListening(Fd.StandardInput))])
            : new(ListenersSource.None, []);
    }

    /// <inheritdoc/>
    public IEnumerator<ListenerDescriptor> GetEnumerator() => ((IEnumerable<ListenerDescriptor>)descriptors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Closes the descriptors, but for standard input.</summary>
    public void Dispose()
    {
        foreach (ListenerDescriptor descriptor in descriptors)
            descriptor.Fd.Dispose();
    }

    static Listeners FromSystemd(string fds, string? names)
    {
        if (!int.TryParse(fds, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > int.MaxValue - SD_LISTEN_FDS_START)
            throw new FormatException($"LISTEN_FDS={fds} is no number of descriptors.");
        string[]? named = names?.Split(':');
        if (named is not null && named.Length != count && !(count == 0 && names == ""))
            throw new FormatException($"LISTEN_FDNAMES={names} has not {count} names, as LISTEN_FDS says.");

        for (int number = SD_LISTEN_FDS_START; number < SD_LISTEN_FDS_START + count; number++)
        {
            if (fcntl(number, F_SETFD, FD_CLOEXEC) < 0)
                throw new UnpException(Errno.Last, "fcntl", $"descriptor {number}, as LISTEN_FDS={fds}");
        }
        return new(ListenersSource.Systemd, [.. Enumerable.Range(0, count).Select(index =>
        {
            var fd = new Fd(SD_LISTEN_FDS_START + index);
            return new ListenerDescriptor(fd, named?[index] is { Length: > 0 } name ? name : "unknown", IsListening(fd));
        })]);
    }

    static string? Take(string variable)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        return value;
    }

    static bool IsSocket(Fd fd) => FileType(fd) == S_IFSOCK;

    static unsafe bool IsListening(Fd fd)
    {
        int isListening = 0;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0 && isListening != 0;
    }
}
