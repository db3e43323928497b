using System.Text.Json;

namespace Unp.Net.Netlink.Tests;

/// <summary>A host in a network namespace, with a routing socket inside and iproute2's view of it.</summary>
public sealed class RoutingHost : IDisposable
{
    public NetworkNamespace Host { get; } = new();

    public RtnetlinkSocket Routing { get; }

    public RoutingHost()
    {
        Routing = new RtnetlinkSocket(new NetlinkSocket(Host.Socket(AF_NETLINK, SOCK_RAW)) { Timeout = Limit.Default });
    }

    /// <summary>Runs <c>ip -j -d -N -s</c> inside and returns its array.</summary>
    public List<JsonElement> Ip(string arguments)
    {
        Peer.Require("ip");
        using Peer ip = Peer.Start("nsenter", $"--net={Host.Path}", "sh", "-ec", $"ip -j -d -N -s {arguments}");
        Outcome outcome = ip.Finish();
        Assert.Equal("", outcome.Error);
        if (outcome.Output.Trim().Length == 0)
            return [];
        using JsonDocument document = JsonDocument.Parse(outcome.Output);
        return [.. document.RootElement.EnumerateArray().Where(e => e.EnumerateObject().Any()).Select(e => e.Clone())];
    }

    /// <summary>Makes a pair of links, which are up, and returns the index of the first.</summary>
    public int AddPair(string first, string second)
    {
        Host.Run(
            "echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad; "
            + $"ip link add {first} type veth peer name {second}; ip link set {first} up; ip link set {second} up");
        return Routing.FindLink(first)!.Index;
    }

    public void Dispose()
    {
        Routing.Dispose();
        Host.Dispose();
    }
}

static class Json
{
    internal static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.ToString() : null;

    internal static long? Number(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value)
            ? value.ValueKind == JsonValueKind.Number ? value.GetInt64()
                : long.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture) : null;
}
