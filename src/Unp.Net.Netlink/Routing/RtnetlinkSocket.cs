using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>
/// A socket that lists and changes links, addresses, routes, rules and neighbours, as <c>ip(8)</c> does (<c>rtnetlink(7)</c>).
/// </summary>
/// <remarks>
/// <para>Lists need no privilege. Changes need CAP_NET_ADMIN in the user namespace that owns the network namespace of the socket;
/// otherwise they fail with EPERM.</para>
/// <para>If a list changes while the kernel sends it, it is requested again, at most <see cref="DumpAttempts"/> times in all.
/// <see cref="NetlinkDump{T}.IsInterrupted"/> reports whether the list changed during the last attempt too.</para>
/// <para>A socket must not be used by two threads at the same time.</para>
/// </remarks>
/// <example>
/// <code>
/// using var routing = new RtnetlinkSocket();
/// foreach (Link link in routing.GetLinks())
///     Console.WriteLine($"{link}: {link.State}, {link.Statistics.rx_bytes} bytes received");
/// </code>
/// </example>
public sealed partial class RtnetlinkSocket : IDisposable
{
    readonly NetlinkMessageWriter writer = new();

    /// <summary>Opens a socket in the network namespace of the calling thread.</summary>
    /// <exception cref="UnpException">EMFILE, ENFILE, ENOBUFS.</exception>
    public RtnetlinkSocket()
    {
        Socket = new NetlinkSocket(NETLINK_ROUTE);
    }

    /// <summary>Takes ownership of a socket of the protocol NETLINK_ROUTE, for example of another network namespace.</summary>
    /// <param name="socket">The socket.</param>
    /// <exception cref="ArgumentException">The socket has another protocol. The caller still owns it.</exception>
    public RtnetlinkSocket(NetlinkSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.Protocol != NETLINK_ROUTE)
            throw new ArgumentException($"The socket has the protocol {socket.Protocol} instead of NETLINK_ROUTE.", nameof(socket));
        Socket = socket;
    }

    /// <summary>Gets the socket, for requests that have no method here.</summary>
    public NetlinkSocket Socket { get; }

    /// <summary>Gets or sets how often a list is requested before an interrupted one is returned; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int DumpAttempts
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    }
    = 3;

    /// <summary>Gets the writer of all requests.</summary>
    internal NetlinkMessageWriter Writer => writer;

    /// <summary>Closes the socket.</summary>
    public void Dispose() => Socket.Dispose();

    /// <summary>Returns the descriptor and the port id.</summary>
    public override string ToString() => Socket.ToString();

    internal delegate bool Parser<T>(NetlinkMessage message, out T? item);

    /// <summary>Requests the list that <see cref="writer"/> describes, again if it was interrupted.</summary>
    internal NetlinkDump<T> Dump<T>(Parser<T> parse, Func<T, bool>? isWanted = null)
        where T : class
    {
        for (int attempt = 1; ; attempt++)
        {
            var items = new NetlinkDump<T>();
            Collect(parse, isWanted, items);
            if (!items.IsInterrupted || attempt >= DumpAttempts)
                return items;
        }
    }

    /// <summary>Requests the list of both families, because the kernel has a list for each.</summary>
    NetlinkDump<T> DumpFamilies<T>(int family, Action<int> write, Parser<T> parse, Func<T, bool> isWanted)
        where T : class
    {
        if (family != AF_UNSPEC)
        {
            write(family);
            return Dump(parse, isWanted);
        }
        NetlinkDump<T> both = DumpFamilies(AF_INET, write, parse, isWanted), second = DumpFamilies(AF_INET6, write, parse, isWanted);
        foreach (T item in second)
            both.Add(item);
        both.IsInterrupted |= second.IsInterrupted;
        return both;
    }

    /// <summary>Adds the entries of a list.</summary>
    void Collect<T>(Parser<T> parse, Func<T, bool>? isWanted, NetlinkDump<T> items)
        where T : class
    {
        NetlinkAnswers answers = Socket.Query(writer);
        try
        {
            while (answers.MoveNext())
            {
                if (parse(answers.Current, out T? item) && item is not null && isWanted?.Invoke(item) != false)
                    items.Add(item);
            }
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENOENT)
        {
            // The routing table does not exist, so it has no routes.
        }
        items.IsInterrupted = answers.IsInterrupted;
    }

    static void CheckFamily(int family)
    {
        if (family != AF_UNSPEC && family != AF_INET && family != AF_INET6)
            throw new ArgumentOutOfRangeException(nameof(family), family, "The family must be AF_UNSPEC, AF_INET or AF_INET6.");
    }
}
