namespace Unp.Samples.Tests;

/// <summary>
/// A client, two routers and a server in a row. Link 1 to 3 are 198.18.1.0/24 and 2001:db8:1::/64 and so on. The left end of a link is 1
/// and the right end is 2. The links are called <c>right</c> and <c>left</c>. No host limits the rate of its ICMP messages.
/// </summary>
sealed class RoutedHosts : IDisposable
{
    public RoutedHosts()
    {
        NetworkNamespace[] hosts = [Client, First, Second, Server];
        for (int link = 1; link < hosts.Length; link++)
            NetworkNamespace.Join(hosts[link - 1], "right", hosts[link], "left");
        const string Router = "cd /proc/sys/net; echo 1 >ipv4/ip_forward; echo 1 >ipv6/conf/all/forwarding";
        Set(Client, Addresses(1, 1), Route("default", "198.18.1.2", "2001:db8:1::2"));
        Set(First, Router, Addresses(1, 2), Addresses(2, 1), Route("198.18.3.0/24", "198.18.2.2", "2001:db8:2::2", "2001:db8:3::/64"));
        Set(Second, Router, Addresses(2, 2), Addresses(3, 1), Route("198.18.1.0/24", "198.18.2.1", "2001:db8:2::1", "2001:db8:1::/64"));
        Set(Server, Addresses(3, 2), Route("default", "198.18.3.1", "2001:db8:3::1"));
    }

    public NetworkNamespace Client { get; } = new();

    public NetworkNamespace First { get; } = new();

    public NetworkNamespace Second { get; } = new();

    public NetworkNamespace Server { get; } = new();

    /// <summary>Returns the address of the server.</summary>
    public static string ServerAddress(bool isIpv6) => isIpv6 ? "2001:db8:3::2" : "198.18.3.2";

    /// <summary>Returns the addresses of the routers and the server, as the client sees them.</summary>
    public static string[] Path(bool isIpv6) =>
        isIpv6 ? ["2001:db8:1::2", "2001:db8:2::2", "2001:db8:3::2"] : ["198.18.1.2", "198.18.2.2", "198.18.3.2"];

    /// <summary>Gives a host one rule of nftables in place of any other.</summary>
    /// <param name="host">The host.</param>
    /// <param name="hook"><c>forward</c>, <c>input</c> or <c>output</c>.</param>
    /// <param name="rule">The rules, one per line.</param>
    public static void Filter(NetworkNamespace host, string hook, string rule)
    {
        Peer.Require("nft");
        host.Run($"""
            nft -f - <<'END'
            flush ruleset
            table inet test {'{'}
              chain only {'{'} type filter hook {hook} priority 0;
                {rule}
              {'}'}
            {'}'}
            END
            """);
    }

    /// <summary>Runs another program on a host to its end.</summary>
    public static Outcome Run(NetworkNamespace host, string program, params string[] arguments)
    {
        Peer.Require(program);
        using Peer peer = Peer.Start("nsenter", [$"--net={host.Path}", program, .. arguments]);
        return peer.Finish();
    }

    /// <summary>Starts <c>unp folder/program arguments</c> on a host without any right.</summary>
    public static Peer StartWithoutRights(NetworkNamespace host, params string[] arguments)
    {
        Peer.Require("setpriv");
        return Peer.Start("nsenter", [$"--net={host.Path}", "setpriv", "--bounding-set=-all", UnpProcess.Executable, .. arguments]);
    }

    public void Dispose()
    {
        Client.Dispose();
        First.Dispose();
        Second.Dispose();
        Server.Dispose();
    }

    static void Set(NetworkNamespace host, params string[] commands) => host.Run(
        string.Join('\n', [.. commands, "echo 0 >/proc/sys/net/ipv4/icmp_ratelimit", "echo 0 >/proc/sys/net/ipv6/icmp/ratelimit"]));

    static string Addresses(int link, int end)
    {
        string ifname = end == 1 ? "right" : "left";
        return $"ip address add 198.18.{link}.{end}/24 dev {ifname}\nip address add 2001:db8:{link}::{end}/64 dev {ifname} nodad";
    }

    static string Route(string destination, string gateway, string gateway6, string? destination6 = null) =>
        $"ip route add {destination} via {gateway}\nip route add {destination6 ?? destination} via {gateway6}";
}
