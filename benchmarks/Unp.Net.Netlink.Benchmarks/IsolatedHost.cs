using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink.Benchmarks;

/// <summary>The network namespace of the measurements, and the objects in it.</summary>
static class IsolatedHost
{
    internal const string InsideOption = "--inside";

    internal const int Links = 20;
    internal const int Routes = 10_000;
    internal const int Sockets = 10_000;

    const int FirstPort = 20_000;

    /// <summary>Runs this program again in a new network namespace, and returns its status.</summary>
    internal static int StartSelf(string[] arguments)
    {
        // The superuser needs no user namespace, and some containers refuse one.
        string[] namespaces = geteuid() == 0 ? ["--net"] : ["--user", "--map-root-user", "--net"];
        try
        {
            using Process self = Process.Start(
                "unshare", [.. namespaces, "--", OwnCommand.Program, .. OwnCommand.HostArguments, .. arguments, InsideOption]);
            self.WaitForExit();
            return self.ExitCode;
        }
        catch (Win32Exception e)
        {
            Console.Error.WriteLine($"unshare: {e.Message}");
            return 1;
        }
    }

    /// <summary>Makes 20 links and the loopback, each with an IPv4 and an IPv6 address. All are up.</summary>
    internal static void AddLinks(RtnetlinkSocket routing)
    {
        // Link-local addresses would appear at some time later.
        File.WriteAllText("/proc/sys/net/ipv6/conf/default/addr_gen_mode", "1");
        routing.ChangeLink(1, new LinkSettings { IsUp = true });
        for (int pair = 0; pair < Links / 2; pair++)
        {
            routing.AddLink(new LinkSettings { Kind = "veth", Name = $"v{pair}a", Peer = new LinkSettings { Name = $"v{pair}b" } });
            foreach (string end in (string[])["a", "b"])
            {
                int index = routing.FindLink($"v{pair}{end}")!.Index;
                routing.ChangeLink(index, new LinkSettings { IsUp = true });
                routing.Add(new LinkAddress { Index = index, Address = IPAddress.Parse($"192.0.{index}.1"), PrefixLength = 24 });
                routing.Add(new LinkAddress
                {
                    Index = index,
                    Address = IPAddress.Parse($"2001:db8:{index}::1"),
                    PrefixLength = 64,
                    Flags = (uint)IFA_F_NODAD,
                });
            }
        }
    }

    /// <summary>Adds IPv4 routes over the first pair's routers.</summary>
    internal static void AddRoutes(RtnetlinkSocket routing)
    {
        int index = routing.FindLink("v0a")!.Index;
        for (int i = 0; i < Routes; i++)
        {
            routing.Add(new Route
            {
                Destination = new IPNetwork(new IPAddress((byte[])[10, (byte)(i >> 8), (byte)i, 0]), 24),
                Gateway = new IPAddress((byte[])[192, 0, (byte)index, (byte)(2 + i % 250)]),
            });
        }
    }

    /// <summary>Opens TCP servers on 127.0.0.1. They stay open until the program ends.</summary>
    internal static List<Fd> OpenSockets()
    {
        Native.RaiseDescriptorLimit();
        List<Fd> servers = [];
        for (int i = 0; i < Sockets; i++)
        {
            Fd server = Libunp.Socket(AF_INET, SOCK_STREAM, 0);
            servers.Add(server);
            Libunp.Bind(server, SockAddr.Inet("127.0.0.1", FirstPort + i));
            Libunp.Listen(server, 1);
        }
        return servers;
    }
}
