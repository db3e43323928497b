using System.Diagnostics.CodeAnalysis;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Returns the routes of the kernel's routing table (UNP 18.5, figure 18.14).</summary>
    /// <remarks>
    /// <para>The book's function returns a buffer of messages, which only the BSDs have. This function decodes them; on Linux it asks the
    /// kernel by netlink. The buffer itself is the result of <see cref="Sysctl(ReadOnlySpan{int})"/>.</para>
    /// <para>On Linux the result is the main table, as ip-route(8) shows it. A route with several next hops is one entry per hop. If the
    /// table changes during each of ten attempts, the result may miss an entry or contain one twice.</para>
    /// </remarks>
    /// <param name="family">AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="flags">0, or flags RTF_* of which a route must have at least one.</param>
    /// <exception cref="UnpException">EAFNOSUPPORT: another family; EMFILE, ENFILE, ENOMEM; ENOBUFS: the kernel lost messages.</exception>
    /// <example>
    /// <code>
    /// foreach (RouteEntry route in Net_rt_dump(AF_INET))
    ///     Console.WriteLine($"{route.Destination.Address}/{route.PrefixLength}, gateway {route.Gateway?.Address}");
    /// </code>
    /// </example>
    public static RouteEntry[] Net_rt_dump(int family = AF_UNSPEC, int flags = 0)
    {
        CheckRoutingFamily("net_rt_dump", family);
        if (Target.IsLinux)
        {
            using var netlink = new RouteNetlink();
            return RouteTables.Routes(netlink, family, flags);
        }
        byte[] buffer = RoutingSysctl("net_rt_dump", family, flags == 0 ? NET_RT_DUMP : NET_RT_FLAGS, flags);
        return RoutingSocketDecoder.Routes(RoutingLayout.Here, buffer, "net_rt_dump");
    }

    /// <summary>Works like <see cref="Net_rt_dump"/>, but returns null and sets <see cref="Errno.Last"/> instead of throwing.</summary>
    public static RouteEntry[]? net_rt_dump(int family = AF_UNSPEC, int flags = 0) => OrNull(() => Net_rt_dump(family, flags));

    /// <summary>Returns the network interfaces, also those that are down, with their addresses (UNP 18.5, figure 18.15).</summary>
    /// <remarks>
    /// The book's function returns a buffer of messages, which only the BSDs have. This function decodes them; on Linux it asks the kernel
    /// by netlink. The buffer itself is the result of <see cref="Sysctl(ReadOnlySpan{int})"/>.
    /// </remarks>
    /// <param name="family">The family of the addresses: AF_INET, AF_INET6, or AF_UNSPEC for both.</param>
    /// <param name="ifindex">The index of the only interface, or 0 for all.</param>
    /// <exception cref="UnpException">
    /// ENXIO: no interface has the index; EAFNOSUPPORT: another family; EMFILE, ENFILE, ENOMEM; ENOBUFS: the kernel lost messages.
    /// </exception>
    /// <example>
    /// <code>
    /// foreach (InterfaceEntry one in Net_rt_iflist(AF_INET6))
    ///     Console.WriteLine($"{one.Name}: MTU {one.Mtu}, {one.Addresses.Count} addresses");
    /// </code>
    /// </example>
    public static InterfaceEntry[] Net_rt_iflist(int family = AF_UNSPEC, uint ifindex = 0)
    {
        CheckRoutingFamily("net_rt_iflist", family);
        InterfaceEntry[] interfaces;
        if (Target.IsLinux)
        {
            using var netlink = new RouteNetlink();
            interfaces = RouteTables.Interfaces(netlink, family, ifindex);
        }
        else
        {
            byte[] buffer = RoutingSysctl("net_rt_iflist", family, NET_RT_IFLIST, (int)ifindex);
            interfaces = RoutingSocketDecoder.Interfaces(RoutingLayout.Here, buffer, "net_rt_iflist");
        }
        return interfaces.Length > 0 || ifindex == 0
            ? interfaces
            : throw new UnpException(Errno.ENXIO, "net_rt_iflist", $"index {ifindex}");
    }

    /// <summary>Works like <see cref="Net_rt_iflist"/>, but returns null and sets <see cref="Errno.Last"/> instead of throwing.</summary>
    public static InterfaceEntry[]? net_rt_iflist(int family = AF_UNSPEC, uint ifindex = 0) => OrNull(() => Net_rt_iflist(family, ifindex));

    /// <summary>Returns the route that the kernel uses for a destination: RTM_GET (UNP 18.3).</summary>
    /// <remarks>
    /// <para>The result is the matching entry of the routing table, not a route to the one host. For an address of this host it is an entry
    /// of the kernel's local table. Of several next hops it has the first.</para>
    /// <para>The BSDs answer on a routing socket, Linux on a netlink socket. Neither needs a privilege.</para>
    /// </remarks>
    /// <param name="destination">An IPv4 or IPv6 address. Its port is ignored. A scope id selects the interface.</param>
    /// <exception cref="UnpException">
    /// EAFNOSUPPORT: another family; ENETUNREACH, ESRCH (the BSDs): no route; EHOSTUNREACH, EACCES, EINVAL: the route refuses packets. The
    /// message contains the destination.
    /// </exception>
    /// <example>
    /// <code>
    /// RouteEntry route = GetRoute(SockAddr.Inet("192.0.2.1", 0));
    /// Console.WriteLine($"gateway {route.Gateway?.Address}, interface {If_indextoname(route.InterfaceIndex)}");
    /// </code>
    /// </example>
    public static RouteEntry GetRoute(in SockAddr destination)
    {
        if (!destination.HasPort)
            throw new UnpException(Errno.EAFNOSUPPORT, "RTM_GET", destination.ToString());
        if (Target.IsLinux)
        {
            using var netlink = new RouteNetlink();
            return RouteTables.Lookup(netlink, destination);
        }
        return RoutingSocketLookup(destination);
    }

    static RouteEntry RoutingSocketLookup(in SockAddr destination)
    {
        const int Sequence = 9999;
        RoutingLayout layout = RoutingLayout.Here;
        using Fd socket = Socket(AF_ROUTE, SOCK_RAW);
        SockAddr target = destination;
        target.Port = 0;
        int pid = Environment.ProcessId;
        if (write(socket, layout.GetRequest(target.Bytes, pid, Sequence)) < 0)
            throw Failed("RTM_GET", target.Ntop(withPort: false));
        Span<byte> buffer = stackalloc byte[2048];
        while (true)
        {
            // The socket also receives the messages that other processes cause.
            ReadOnlySpan<byte> rest = buffer[..Recv(socket, buffer)];
            if (!layout.TryRead(ref rest, out RoutingMessage answer) || answer.Type != RoutingLayout.Get
                || answer.Sequence != Sequence || answer.Pid != pid)
                continue;
            if (answer.Errno != default)
                throw new UnpException(answer.Errno, "RTM_GET", target.Ntop(withPort: false));
            return RoutingSocketDecoder.Route(layout, answer, "RTM_GET") ?? throw RoutingSocketDecoder.Damaged("RTM_GET");
        }
    }

    static byte[] RoutingSysctl(string function, int family, int operation, int argument) =>
        Sysctl([CTL_NET, AF_ROUTE, 0, family, operation, argument], function);

    static void CheckRoutingFamily(string function, int family)
    {
        if (family != AF_UNSPEC && family != AF_INET && family != AF_INET6)
            throw new UnpException(Errno.EAFNOSUPPORT, function, $"address family {family}");
    }

    [SuppressMessage("Design", "CA1031", Justification = "only UnpException is caught")]
    static T? OrNull<T>(Func<T> call)
        where T : class
    {
        try
        {
            return call();
        }
        catch (UnpException failure)
        {
            Errno.Last = failure.Errno;
            return null;
        }
    }
}
