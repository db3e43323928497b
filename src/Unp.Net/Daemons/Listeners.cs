using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
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
    const string Function = "sd_listen_fds";

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
    /// <para>inetd's is descriptor 0, if that is a listening socket or an unconnected datagram socket. Other parents give their children a
    /// connected socket as standard input (sshd, Node's child_process), so that counts only for a program that inetd or systemd
    /// starts for each connection. Descriptor 0 is also the program's standard output and usually its standard error; see
    /// <see cref="Libunp.Daemon_inetd"/> for the latter.</para>
    /// </remarks>
    /// <param name="acceptsConnection">
    /// Whether a connected socket as descriptor 0 is inetd's too: <c>nowait</c> in inetd.conf, <c>Accept=yes</c> with
    /// <c>StandardInput=socket</c> in systemd's units.
    /// </param>
    /// <returns>What there is; of <see cref="ListenersSource.None"/>, and empty, if there is nothing.</returns>
    /// <exception cref="UnpException">
    /// LISTEN_PID is this process, but: EINVAL: LISTEN_FDS is no number, or LISTEN_FDNAMES has another number of names; EBADF: a descriptor
    /// that LISTEN_FDS counts is not open, or was opened by this process itself. The message has the variable.
    /// </exception>
    public static Listeners FromEnvironment(bool acceptsConnection = false)
    {
        (string? pid, string? fds, string? names) = (Take("LISTEN_PID"), Take("LISTEN_FDS"), Take("LISTEN_FDNAMES"));
        if (pid == $"{Environment.ProcessId}" && fds is not null)
            return FromSystemd(fds, names);
        return IsInetds(Fd.StandardInput, acceptsConnection)
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
        if (!int.TryParse(fds, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            throw new UnpException(Errno.EINVAL, Function, $"LISTEN_FDS={fds}");
        string[]? named = names?.Split(':');
        if (named is not null && named.Length != count && !(count == 0 && names == ""))
            throw new UnpException(Errno.EINVAL, Function, $"LISTEN_FDNAMES={names}, LISTEN_FDS={fds}");

        // Any kind of file: systemd passes FIFOs, and gives back what was stored by SdState.FdStore.
        return new(ListenersSource.Systemd, [.. InheritedDescriptors.Take(count, Function, $"LISTEN_FDS={fds}").Select((fd, index) =>
            new ListenerDescriptor(fd, named?[index] is { Length: > 0 } name ? name : "unknown", IsListening(fd)))]);
    }

    static string? Take(string variable)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        Environment.SetEnvironmentVariable(variable, null);
        return value;
    }

    static bool IsInetds(Fd fd, bool acceptsConnection)
    {
        if (FileType(fd) != S_IFSOCK)
            return false;
        if (acceptsConnection || IsListening(fd))
            return true;
        return Libunp.Getsockopt(fd, SocketOptions.Type) == SOCK_DGRAM && getpeername(fd, out _) < 0 && Errno.Last == Errno.ENOTCONN;
    }

    /// <summary>Whether it is a socket with SO_ACCEPTCONN.</summary>
    internal static unsafe bool IsListening(SafeHandle fd)
    {
        int isListening = 0;
        uint length = sizeof(int);
        return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &length) == 0 && isListening != 0;
    }
}
