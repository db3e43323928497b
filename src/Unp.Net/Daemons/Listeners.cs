using System.Collections;
using System.Globalization;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The program that passed sockets to this one.</summary>
public enum ListenersSource
{
    /// <summary>No program: this one creates its own sockets.</summary>
    None,

    /// <summary>systemd, or another program with its protocol: LISTEN_FDS, sd_listen_fds(3).</summary>
    Systemd,

    /// <summary>inetd: descriptor 0 is the socket (UNP 13.5).</summary>
    Inetd,
}

/// <summary>A descriptor that was passed to the program when it was started.</summary>
/// <param name="Fd">The descriptor, close-on-exec. inetd's descriptor is standard input and is not changed.</param>
/// <param name="Name">
/// The name, from FileDescriptorName= in systemd's socket unit. It is "unknown" if there is none, and "inetd" for inetd.
/// </param>
/// <param name="IsListening">
/// Whether the descriptor accepts connections (SO_ACCEPTCONN). Otherwise it is a connection (inetd's nowait, systemd's Accept=yes), a
/// datagram socket, or not a socket.
/// </param>
public sealed record ListenerDescriptor(Fd Fd, string Name, bool IsListening);

/// <summary>The descriptors that systemd's socket activation or inetd passed to the program: see <see cref="FromEnvironment"/>.</summary>
public sealed class Listeners : IReadOnlyList<ListenerDescriptor>, IDisposable
{
    const string Function = "sd_listen_fds";

    readonly ListenerDescriptor[] descriptors;

    Listeners(ListenersSource source, ListenerDescriptor[] descriptors)
    {
        Source = source;
        this.descriptors = descriptors;
    }

    /// <summary>Gets the program that passed the descriptors.</summary>
    public ListenersSource Source { get; }

    /// <inheritdoc/>
    public int Count => descriptors.Length;

    /// <inheritdoc/>
    public ListenerDescriptor this[int index] => descriptors[index];

    /// <summary>Finds systemd's descriptors (sd_listen_fds(3)), or else inetd's socket.</summary>
    /// <remarks>
    /// <para>systemd's descriptors start at 3, and LISTEN_FDS is their number. They count only if LISTEN_PID is this process, because a
    /// parent may pass its own variables on. The descriptors are made close-on-exec, and the three variables are removed so that children
    /// do not inherit them. A second call therefore finds none.</para>
    /// <para>inetd's descriptor is 0, if it is a listening socket or an unconnected datagram socket. Other parents (sshd, Node's
    /// child_process) also pass a connected socket as standard input. A connected socket therefore counts only if
    /// <paramref name="acceptsConnection"/> is true. Descriptor 0 is also the standard output and usually the standard error. For the
    /// latter, see <see cref="Libunp.Daemon_inetd"/>.</para>
    /// </remarks>
    /// <param name="acceptsConnection">
    /// Whether inetd or systemd starts the program for each connection: <c>nowait</c> in inetd.conf, <c>Accept=yes</c> with
    /// <c>StandardInput=socket</c> in systemd's units.
    /// </param>
    /// <returns>The descriptors. If there are none, the result is empty and its source is <see cref="ListenersSource.None"/>.</returns>
    /// <exception cref="UnpException">
    /// LISTEN_PID is this process, but a variable is wrong. EINVAL: LISTEN_FDS is not a number, or LISTEN_FDNAMES has another number of
    /// names; EBADF: a descriptor that LISTEN_FDS counts is not open, or was opened by this process itself. The message quotes the
    /// variable.
    /// </exception>
    /// <example>
    /// Under systemd or inetd the program inherits its socket; started by hand it creates one:
    /// <code>
    /// using Listeners passed = Listeners.FromEnvironment();
    /// using Fd server = passed.Count > 0 ? passed[0].Fd : Tcp_listen("127.0.0.1", "9877");
    /// </code>
    /// </example>
    public static Listeners FromEnvironment(bool acceptsConnection = false)
    {
        (string? pid, string? fds, string? names) = (Take("LISTEN_PID"), Take("LISTEN_FDS"), Take("LISTEN_FDNAMES"));
        if (pid == $"{Environment.ProcessId}" && fds is not null)
            return FromSystemd(fds, names);
        return IsInetds(Fd.StandardInput, acceptsConnection)
            ? new(ListenersSource.Inetd, [new(Fd.StandardInput, "inetd", Libunp.IsListening(Fd.StandardInput))])
            : new(ListenersSource.None, []);
    }

    /// <inheritdoc/>
    public IEnumerator<ListenerDescriptor> GetEnumerator() => ((IEnumerable<ListenerDescriptor>)descriptors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Closes the descriptors, except standard input.</summary>
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

        // The descriptors may be any kind of file, because systemd also passes FIFOs and the descriptors stored by SdState.FdStore.
        return new(ListenersSource.Systemd, [.. InheritedDescriptors.Take(count, Function, $"LISTEN_FDS={fds}").Select((fd, index) =>
            new ListenerDescriptor(fd, named?[index] is { Length: > 0 } name ? name : "unknown", Libunp.IsListening(fd)))]);
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
        if (acceptsConnection || Libunp.IsListening(fd))
            return true;
        return Libunp.Getsockopt(fd, SocketOptions.Type) == SOCK_DGRAM && getpeername(fd, out _) < 0 && Errno.Last == Errno.ENOTCONN;
    }
}
