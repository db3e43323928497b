using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// The databases of services, protocols and networks of <netdb.h>. C's functions return static buffers, and not all systems have reentrant
// forms, so a lock is held until the result is copied.
public static unsafe partial class Libc
{
    static readonly Lock Databases = new();

    /// <summary>Returns a service by its name or an alias (UNP 11.5, <c>getservbyname(3)</c>).</summary>
    /// <param name="name">A name, such as <c>"daytime"</c>.</param>
    /// <param name="proto">A protocol, such as <c>"tcp"</c>, or null for any.</param>
    /// <returns>The service, or null if it does not exist.</returns>
    /// <exception cref="ArgumentException">A name contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getservbyname.3.html">getservbyname(3)</seealso>
    public static ServEnt? getservbyname(string name, string? proto = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        fixed (byte* n = CString(name))
        fixed (byte* p = CString(proto))
        {
            lock (Databases)
                return Copy(getservbyname(n, p));
        }
    }

    /// <summary>Returns a service by its port (UNP 11.5, <c>getservbyport(3)</c>).</summary>
    /// <param name="port">The port in host byte order. C's function takes it in network byte order.</param>
    /// <param name="proto">A protocol, such as <c>"tcp"</c>, or null for any.</param>
    /// <returns>The service, or null if it does not exist.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not 0 to 65535.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getservbyport.3.html">getservbyport(3)</seealso>
    public static ServEnt? getservbyport(int port, string? proto = null)
    {
        if (port is < 0 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(port), port, "The port must be 0 to 65535.");
        fixed (byte* p = CString(proto))
        {
            lock (Databases)
                return Copy(getservbyport_network(htons((ushort)port), p));
        }
    }

    /// <summary>Returns all services, in the order of the database (<c>getservent(3)</c>).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getservent.3.html">getservent(3)</seealso>
    public static ServEnt[] getservent()
    {
        var all = new List<ServEnt>();
        lock (Databases)
        {
            setservent(1);
            while (Copy(getservent_next()) is { } service)
                all.Add(service);
            endservent();
        }
        return [.. all];
    }

    /// <summary>Returns a protocol by its name or an alias (<c>getprotobyname(3)</c>).</summary>
    /// <param name="name">A name, such as <c>"tcp"</c>.</param>
    /// <returns>The protocol, or null if it does not exist.</returns>
    /// <exception cref="ArgumentException">The name contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getprotobyname.3.html">getprotobyname(3)</seealso>
    public static ProtoEnt? getprotobyname(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        fixed (byte* n = CString(name))
        {
            lock (Databases)
                return Copy(getprotobyname(n));
        }
    }

    /// <summary>Returns a protocol by its number in the IP header (<c>getprotobynumber(3)</c>).</summary>
    /// <returns>The protocol, or null if it does not exist.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getprotobynumber.3.html">getprotobynumber(3)</seealso>
    public static ProtoEnt? getprotobynumber(int proto)
    {
        lock (Databases)
            return Copy(getprotobynumber_static(proto));
    }

    /// <summary>Returns all protocols, in the order of the database (<c>getprotoent(3)</c>).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getprotoent.3.html">getprotoent(3)</seealso>
    public static ProtoEnt[] getprotoent()
    {
        var all = new List<ProtoEnt>();
        lock (Databases)
        {
            setprotoent(1);
            while (Copy(getprotoent_next()) is { } protocol)
                all.Add(protocol);
            endprotoent();
        }
        return [.. all];
    }

    /// <summary>Returns a network by its name or an alias (figure 11.1, <c>getnetbyname(3)</c>).</summary>
    /// <param name="name">A name, such as <c>"loopback"</c>.</param>
    /// <returns>The network, or null if it does not exist. musl has no networks.</returns>
    /// <exception cref="ArgumentException">The name contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getnetbyname.3.html">getnetbyname(3)</seealso>
    public static NetEnt? getnetbyname(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        fixed (byte* n = CString(name))
        {
            lock (Databases)
                return Copy(getnetbyname(n));
        }
    }

    /// <summary>Returns a network by its number (<c>getnetbyaddr(3)</c>).</summary>
    /// <param name="net">The number in host byte order.</param>
    /// <param name="family">AF_INET.</param>
    /// <returns>The network, or null if it does not exist.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getnetbyaddr.3.html">getnetbyaddr(3)</seealso>
    public static NetEnt? getnetbyaddr(uint net, int family = AF_INET)
    {
        lock (Databases)
            return Copy(getnetbyaddr_static(net, family));
    }

    /// <summary>Returns all networks, in the order of the database (<c>getnetent(3)</c>).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getnetent.3.html">getnetent(3)</seealso>
    public static NetEnt[] getnetent()
    {
        var all = new List<NetEnt>();
        lock (Databases)
        {
            setnetent(1);
            while (Copy(getnetent_next()) is { } network)
                all.Add(network);
            endnetent();
        }
        return [.. all];
    }

    static ServEnt? Copy(servent* s) =>
        s == null ? null : new ServEnt(Text(s->s_name), Texts(s->s_aliases), ntohs((ushort)s->s_port), Text(s->s_proto));

    static ProtoEnt? Copy(protoent* p) => p == null ? null : new ProtoEnt(Text(p->p_name), Texts(p->p_aliases), p->p_proto);

    static NetEnt? Copy(netent* n) => n == null ? null : new NetEnt(Text(n->n_name), Texts(n->n_aliases), n->n_addrtype, n->n_net);

    [LibraryImport(LibraryName)]
    private static partial servent* getservbyname(byte* name, byte* proto);

    [LibraryImport(LibraryName, EntryPoint = "getservbyport")]
    private static partial servent* getservbyport_network(int port, byte* proto);

    [LibraryImport(LibraryName)]
    private static partial void setservent(int stayopen);

    [LibraryImport(LibraryName, EntryPoint = "getservent")]
    private static partial servent* getservent_next();

    [LibraryImport(LibraryName)]
    private static partial void endservent();

    [LibraryImport(LibraryName)]
    private static partial protoent* getprotobyname(byte* name);

    [LibraryImport(LibraryName, EntryPoint = "getprotobynumber")]
    private static partial protoent* getprotobynumber_static(int proto);

    [LibraryImport(LibraryName)]
    private static partial void setprotoent(int stayopen);

    [LibraryImport(LibraryName, EntryPoint = "getprotoent")]
    private static partial protoent* getprotoent_next();

    [LibraryImport(LibraryName)]
    private static partial void endprotoent();

    [LibraryImport(LibraryName)]
    private static partial netent* getnetbyname(byte* name);

    [LibraryImport(LibraryName, EntryPoint = "getnetbyaddr")]
    private static partial netent* getnetbyaddr_static(uint net, int type);

    [LibraryImport(LibraryName)]
    private static partial void setnetent(int stayopen);

    [LibraryImport(LibraryName, EntryPoint = "getnetent")]
    private static partial netent* getnetent_next();

    [LibraryImport(LibraryName)]
    private static partial void endnetent();
}
