using System.Text;

namespace Unp.Net.Tests.Multicast;

/// <summary>
/// Three hosts: two senders, each on its own link, and a receiver with an interface on both links. <see cref="Bridged"/> makes one link of
/// both.
/// </summary>
sealed class Lan : IDisposable
{
    readonly int family;

    Lan(int family)
    {
        this.family = family;
        NetworkNamespace.Join(Receiver, "v1", First, "v0");
        NetworkNamespace.Join(Receiver, "v2", Second, "v0");
        First.Run($"ip address add {Address(1, 1)}/24 dev v0; ip address add 2001:db8:1::1/64 dev v0 nodad");
        Second.Run($"ip address add {Address(2, 1)}/24 dev v0; ip address add 2001:db8:2::1/64 dev v0 nodad");
    }

    public NetworkNamespace Receiver { get; } = new();

    public NetworkNamespace First { get; } = new();

    public NetworkNamespace Second { get; } = new();

    /// <summary>Gets a group of the family, with the receiver's port.</summary>
    public SockAddr Group { get; private set; }

    /// <summary>The links are two networks. The receiver's interfaces are v1 and v2.</summary>
    public static Lan Separate(int family)
    {
        var lan = new Lan(family);
        lan.Receiver.Run("""
            ip address add 198.18.1.2/24 dev v1; ip address add 2001:db8:1::2/64 dev v1 nodad
            ip address add 198.18.2.2/24 dev v2; ip address add 2001:db8:2::2/64 dev v2 nodad
            """);
        return lan;
    }

    /// <summary>The links are one network. The receiver's interface is br0.</summary>
    public static Lan Bridged(int family)
    {
        var lan = new Lan(family);
        lan.Receiver.Run("""
            ip link add br0 type bridge; ip link set v1 master br0; ip link set v2 master br0; ip link set br0 up
            ip address add 198.18.1.2/24 dev br0; ip address add 2001:db8:1::2/64 dev br0 nodad
            ip address add 198.18.2.2/24 dev br0; ip address add 2001:db8:2::2/64 dev br0 nodad
            """);
        // A port of the bridge drops everything until the kernel has handled the event of its carrier.
        Limit.Until(() => lan.Receiver.Run("bridge link show").Split("state forwarding").Length == 3, "both ports forward");
        return lan;
    }

    /// <summary>Returns an address of a host on a link: <c>198.18.2.1</c> or <c>2001:db8:2::1</c>.</summary>
    public SockAddr On(int link, int host, int port = 0) =>
        SockAddr.Inet(family == AF_INET ? Address(link, host) : $"2001:db8:{link}::{host}", port);

    /// <summary>Creates the receiver's socket, with a port that the kernel chooses.</summary>
    public Fd Bound()
    {
        Fd fd = Receiver.Socket(family, SOCK_DGRAM);
        Bind(fd, SockAddr.Any(family));
        Group = SockAddr.Inet(family == AF_INET ? "232.255.1.2" : "ff35::1:2", Getsockname(fd).Port);
        return fd;
    }

    /// <summary>Sends a text to the group, and then "end" to the receiver, which therefore knows when it has all of the group's.</summary>
    public void Send(int sender, string text)
    {
        using Fd fd = (sender == 1 ? First : Second).Socket(family, SOCK_DGRAM);
        Bind(fd, On(sender, 1));
        (sender == 1 ? First : Second).Call(() => Mcast_set_if(fd, "v0"));
        Sendto(fd, Encoding.ASCII.GetBytes(text), 0, Group);
        Sendto(fd, "end"u8, 0, On(sender, 2, Group.Port));
    }

    /// <summary>Returns the texts that a socket has received before the "end" of each sender, as <c>"198.18.2.1 text"</c>.</summary>
    public static string[] Received(Fd fd, int senders)
    {
        List<string> texts = [];
        byte[] buffer = new byte[100];
        while (senders > 0)
        {
            int n = Recvfrom(fd, buffer, 0, out SockAddr from);
            string text = Encoding.ASCII.GetString(buffer, 0, n);
            if (text == "end")
                senders--;
            else
                texts.Add($"{Sock_ntop_host(from)} {text}");
        }
        return [.. texts.Order()];
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Receiver.Dispose();
    }

    static string Address(int link, int host) => $"198.18.{link}.{host}";
}
