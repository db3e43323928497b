#pragma warning disable CA1416 // the tests check the system first

namespace Unp.Net.Tests.Routing;

/// <summary>Lists of the kernel that do not fit into the receive buffer of their socket.</summary>
public sealed class RouteNetlinkBufferTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    public void List_is_complete_with_small_receive_buffer(int size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux only");
        const int Routes = 1_000;
        using var host = new NetworkNamespace();
        host.Run(
            $"ip link set lo up; i=0; while [ $i -lt {Routes} ]; do echo route add 10.1.$((i / 250)).$((i % 250))/32 dev lo; i=$((i + 1)); "
            + "done | ip -batch -");
        Fd socket = host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
        Setsockopt(socket, SocketOptions.RcvBuf, size);
        using var netlink = new RouteNetlink(socket);
        for (int i = 0; i < 3; i++)
            Assert.Equal(Routes, RouteTables.Routes(netlink, AF_INET, flags: 0).Length);
    }
}
