using System.Runtime.InteropServices;

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>The dumps of <c>benchmarks/reference/netlink.c</c>. Each returns the number of entries.</summary>
sealed unsafe class CDumps
{
    readonly delegate* unmanaged<int, void*, nint, nint> links, addresses, routes, sockets;
    readonly int routing, diagnostics;

    internal CDumps(string library)
    {
        nint handle = NativeLibrary.Load(library);
        links = Dump("c_dump_links");
        addresses = Dump("c_dump_addresses");
        routes = Dump("c_dump_ipv4_routes");
        sockets = Dump("c_dump_tcp_sockets");
        var open = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, "c_netlink_open");
        routing = open(Libc.NETLINK_ROUTE);
        diagnostics = open(Libc.NETLINK_SOCK_DIAG);

        delegate* unmanaged<int, void*, nint, nint> Dump(string name) =>
            (delegate* unmanaged<int, void*, nint, nint>)NativeLibrary.GetExport(handle, name);
    }

    internal int Links(Span<LinkEntry> entries) => Call(links, routing, entries);

    internal int Addresses(Span<AddressEntry> entries) => Call(addresses, routing, entries);

    internal int Routes(Span<RouteEntry> entries) => Call(routes, routing, entries);

    internal int Sockets(Span<SocketEntry> entries) => Call(sockets, diagnostics, entries);

    static int Call<T>(delegate* unmanaged<int, void*, nint, nint> dump, int descriptor, Span<T> entries)
        where T : unmanaged
    {
        fixed (T* start = entries)
        {
            nint count = dump(descriptor, start, entries.Length);
            return count >= 0 ? (int)count : throw new BenchmarkException("The dump in C failed.");
        }
    }
}
