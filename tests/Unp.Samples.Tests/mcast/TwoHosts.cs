namespace Unp.Samples.Tests.mcast;

/// <summary>
/// Two hosts on one link, with routes for multicast. The addresses are 192.0.2.1 and 2001:db8::1, 192.0.2.2 and 2001:db8::2.
/// </summary>
sealed class TwoHosts : IDisposable
{
    public TwoHosts()
    {
        NetworkNamespace.Join(First, "v0", Second, "v0");
        foreach (var (host, number) in ((NetworkNamespace, int)[])[(First, 1), (Second, 2)])
        {
            host.Run($"""
                ip address add 192.0.2.{number}/24 dev v0; ip address add 2001:db8::{number}/64 dev v0 nodad
                ip route add 224.0.0.0/4 dev v0
                """);
        }
    }

    public NetworkNamespace First { get; } = new();

    public NetworkNamespace Second { get; } = new();

    /// <summary>Starts a program of the book on a host.</summary>
    public static Peer Start(NetworkNamespace host, params string[] command) => Start(host, UnpProcess.Executable, command);

    /// <summary>Starts any program on a host.</summary>
    public static Peer Start(NetworkNamespace host, string program, string[] arguments)
    {
        Peer.Require(program);
        return Peer.Start("nsenter", [$"--net={host.Path}", program, .. arguments]);
    }

    /// <summary>Creates a socket of a host that is bound to an address.</summary>
    public static Fd Bound(NetworkNamespace host, in SockAddr address)
    {
        Fd fd = host.Socket(address.Family, SOCK_DGRAM);
        Bind(fd, address);
        return fd;
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
