using Unp.Net;
using Xunit;
using static Unp.Net.Libc;

namespace Unp.Testing;

/// <summary>
/// Two hosts joined by two links, on which MPTCP may use both. The client has 192.0.2.1 and 198.51.100.1, the server 192.0.2.2 and
/// 198.51.100.2. A connection begins on the first link, named <c>path0</c> on both sides. Then the server announces its second address, and
/// the client adds a subflow on <c>path1</c>, if the server listens at the wildcard address.
/// </summary>
public sealed class TwoPaths : IDisposable
{
    static readonly string[] Networks = ["192.0.2", "198.51.100"];

    /// <summary>Creates the hosts. Skips the test if it is not allowed, or if the kernel has no MPTCP.</summary>
    public TwoPaths()
    {
        RequireMptcp();
        for (int i = 0; i < Networks.Length; i++)
        {
            NetworkNamespace.Join(Client, $"path{i}", Server, $"path{i}");
            Client.Run($"ip address add {Networks[i]}.1/24 dev path{i}");
            Server.Run($"ip address add {Networks[i]}.2/24 dev path{i}");
        }
        Client.Run("ip mptcp limits set subflows 1 add_addr_accepted 1");
        Server.Run($"ip mptcp limits set subflows 1; ip mptcp endpoint add {ServerAddress(1)} dev path1 signal");
    }

    public NetworkNamespace Client { get; } = new();

    public NetworkNamespace Server { get; } = new();

    /// <summary>Gets the address of the server on a path.</summary>
    public static string ServerAddress(int path) => $"{Networks[path]}.2";

    /// <summary>Gets the address of the client on a path.</summary>
    public static string ClientAddress(int path) => $"{Networks[path]}.1";

    /// <summary>Skips the test if the kernel has no MPTCP.</summary>
    public static void RequireMptcp()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has these options of MPTCP");
        int descriptor = socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP);
        Assert.SkipWhen(descriptor < 0, "this kernel has no MPTCP");
        new Fd(descriptor).Dispose();
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }
}
