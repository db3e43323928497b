using System.Net.NetworkInformation;
using System.Runtime.InteropServices;
using Spectre.Console;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>Runs the scenarios inside the namespace.</summary>
static class Runner
{
    delegate int Reader<T>(Span<T> entries);

    internal static int Run(int rounds) => Session.Run("unp-netlink-", temporary =>
    {
        var c = new CDumps(CPrograms.CompileLibrary(temporary, "netlink", out string compiler));
        MachineInfo machine = MachineInfo.Here(compiler, wrk: null, Native.RaiseDescriptorLimit());
        foreach ((string name, string value) in machine.Lines())
            AnsiConsole.MarkupLineInterpolated($"[grey]{name,-12}[/] {value}");
        Native.PinAll(Cores.Choose().Measured);
        using var routing = new RtnetlinkSocket();
        using var table = new SocketTable();
        using var reader = new ReaderDumps();

        IsolatedHost.AddLinks(routing);
        Show(LinksAndAddresses(c, reader, routing), rounds);
        IsolatedHost.AddRoutes(routing);
        Show(Routes(c, reader, routing), rounds);
        List<Fd> servers = IsolatedHost.OpenSockets();
        Show(Sockets(c, reader, table), rounds);
        servers.ForEach(server => server.Dispose());
        return 0;
    });

    static Scenario LinksAndAddresses(CDumps c, ReaderDumps reader, RtnetlinkSocket routing)
    {
        (LinkEntry[] links, AddressEntry[] addresses) = (new LinkEntry[100], new AddressEntry[200]);
        int linkCount = Compare(c.Links, reader.Links, links), addressCount = Compare(c.Addresses, reader.Addresses, addresses);
        return new($"{linkCount} links and {addressCount} addresses", linkCount + addressCount,
        [
            new("C", () => _ = c.Links(links) + c.Addresses(addresses)),
            new("reader", () => _ = reader.Links(links) + reader.Addresses(addresses)),
            new("objects", () => _ = routing.GetLinks().Count + routing.GetAddresses().Count),
            new("NetworkInterface", ReadNetworkInterfaces),
            new("ip -j address", () => _ = Tools.Run("ip", "-j", "address")),
        ]);
    }

    static Scenario Routes(CDumps c, ReaderDumps reader, RtnetlinkSocket routing)
    {
        var routes = new RouteEntry[2 * IsolatedHost.Routes];
        int count = Compare(c.Routes, reader.Routes, routes);
        return new($"{count} IPv4 routes", count,
        [
            new("C", () => _ = c.Routes(routes)),
            new("reader", () => _ = reader.Routes(routes)),
            new("objects", () => _ = routing.GetRoutes(AF_INET)),
            new("ip -j route", () => _ = Tools.Run("ip", "-j", "-4", "route", "show", "table", "all")),
        ]);
    }

    static Scenario Sockets(CDumps c, ReaderDumps reader, SocketTable table)
    {
        var sockets = new SocketEntry[2 * IsolatedHost.Sockets];
        int count = Compare(c.Sockets, reader.Sockets, sockets);
        var filter = new SocketFilter { Family = AF_INET };
        return new($"{count} TCP servers", count,
        [
            new("C", () => _ = c.Sockets(sockets)),
            new("reader", () => _ = reader.Sockets(sockets)),
            new("objects", () => _ = table.Tcp(filter)),
            new("ss -4tanim", () => _ = Tools.Run("ss", "-4Htanim")),
        ]);
    }

    static void Show(Scenario scenario, int rounds)
    {
        scenario.Measure(rounds);
        AnsiConsole.Write(scenario.ToTable().ToTable());
    }

    /// <summary>Returns the number of entries after C and the reader have found the same.</summary>
    static int Compare<T>(Reader<T> c, Reader<T> reader, T[] entries)
        where T : unmanaged
    {
        // A counter can change between the two.
        for (int attempt = 0; attempt < 100; attempt++)
        {
            T[] first = entries[..c(entries)], second = entries[..reader(entries)];
            if (MemoryMarshal.AsBytes<T>(first).SequenceEqual(MemoryMarshal.AsBytes<T>(second)))
                return first.Length;
        }
        throw new BenchmarkException($"C and the reader disagree about {typeof(T).Name}.");
    }

    /// <summary>Reads the properties that the dumps contain too.</summary>
    static void ReadNetworkInterfaces()
    {
        foreach (NetworkInterface link in NetworkInterface.GetAllNetworkInterfaces())
            _ = link.GetIPProperties().UnicastAddresses.Count;
    }
}
