namespace Unp.Samples.Tests.ipopts;

/// <summary>
/// Four hosts in a row: a client, two routers, a server. Link 1 to 3 are 198.18.1.0/24 and 2001:db8:1::/64 and so on. The left end of
/// a link is 1 and the right end is 2. All hosts accept source routes.
/// </summary>
/// <remarks>
/// Client and server have no route to each other, so a packet arrives only along its source route. IPv6 has routes to the routers, because
/// the reversed route names their left ends.
/// </remarks>
sealed class Chain : IDisposable
{
    public Chain()
    {
        NetworkNamespace[] hosts = [Client, First, Second, Server];
        for (int link = 1; link < hosts.Length; link++)
            NetworkNamespace.Join(hosts[link - 1], "right", hosts[link], "left");
        for (int link = 1; link < hosts.Length; link++)
        {
            hosts[link - 1].Run(Addresses(link, 1, "right"));
            hosts[link].Run(Addresses(link, 2, "left"));
        }
        foreach (NetworkNamespace host in hosts)
        {
            host.Run("""
                cd /proc/sys/net; echo 1 >ipv4/ip_forward; echo 1 >ipv6/conf/all/forwarding
                for file in ipv4/conf/*/accept_source_route ipv6/conf/*/seg6_enabled; do echo 1 >$file; done
                for file in ipv4/conf/*/rp_filter; do echo 0 >$file; done
                """);
        }
        Server.Run("ip route add 2001:db8:2::2 via 2001:db8:3::1");
        Second.Run("ip route add 2001:db8:1::2 via 2001:db8:2::1");
    }

    public NetworkNamespace Client { get; } = new();

    public NetworkNamespace First { get; } = new();

    public NetworkNamespace Second { get; } = new();

    public NetworkNamespace Server { get; } = new();

    public void Dispose()
    {
        Client.Dispose();
        First.Dispose();
        Second.Dispose();
        Server.Dispose();
    }

    static string Addresses(int link, int end, string ifname) =>
        $"ip address add 198.18.{link}.{end}/24 dev {ifname}; ip address add 2001:db8:{link}::{end}/64 dev {ifname} nodad";
}
