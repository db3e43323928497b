namespace Unp.Net.Tests.Addresses;

public class VsockTests
{
    static Fd Stream()
    {
        int number = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
        Assert.SkipUnless(number >= 0, "this kernel has no vsock");
        return Loopback.Limited(new Fd(number));
    }

    [Fact]
    public void Address_has_layout_of_kernel()
    {
        SockAddr address = SockAddr.Vsock(0x0A0B0C0D, 0x01020304);
        Assert.Equal((byte[])[40, 0, 0, 0, 4, 3, 2, 1, 0x0D, 0x0C, 0x0B, 0x0A, 0, 0, 0, 0], address.Bytes);
        Assert.Equal((AF_VSOCK, 16), (address.Family, address.Length));
        Assert.Equal("vsock:168496141:16909060", address.ToString());
        Assert.Equal("vsock::80", SockAddr.Vsock(VMADDR_CID_ANY, 80).ToString());
        Assert.Equal("vsock:2:4294967295", SockAddr.Vsock(VMADDR_CID_HOST, VMADDR_PORT_ANY).ToString());
    }

    [Fact]
    public void Rest_of_storage_is_dropped()
    {
        SockAddr address = SockAddr.Vsock(3, 513);
        Assert.Equal(address, new SockAddr([.. address.Bytes, .. new byte[112]]));
        Assert.Equal(address, new SockAddr([.. address.Bytes, 7]));
    }

    [Fact]
    public void Missing_number_is_named_by_exception()
    {
        Assert.Equal(
            "The port of vsock:3:513 has 32 bits. Use VsockPort.",
            Assert.Throws<InvalidOperationException>(() => SockAddr.Vsock(3, 513).Port).Message);
        SockAddr inet = SockAddr.Loopback(AF_INET, 80);
        Assert.Equal(
            "127.0.0.1:80 (address family 2) has no context identifier.", Assert.Throws<InvalidOperationException>(() => inet.Cid).Message);
        Assert.Equal(
            "127.0.0.1:80 (address family 2) has no vsock port.", Assert.Throws<InvalidOperationException>(() => inet.VsockPort).Message);
    }

    [Fact]
    public void Kernel_accepts_and_returns_address()
    {
        using Fd fd = Stream();
        Bind(fd, SockAddr.Vsock(VMADDR_CID_ANY, VMADDR_PORT_ANY));
        SockAddr bound = Getsockname(fd);
        Assert.Equal(VMADDR_CID_ANY, bound.Cid);
        Assert.NotEqual(VMADDR_PORT_ANY, bound.VsockPort);
        Assert.Equal($"vsock::{bound.VsockPort}", bound.ToString());
        Assert.Equal(bound, SockAddr.Parse(bound.ToString()));
        using Fd second = Socket(AF_VSOCK, SOCK_STREAM);
        Assert.Contains(
            $"Address already in use ({bound})", Assert.Throws<UnpException>(() => Bind(second, bound)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kernel", "vsock loopback")]
    public void Connection_within_machine_has_addresses_of_both_ends()
    {
        using Fd listener = Stream();
        int bound = bind(listener, SockAddr.Vsock(VMADDR_CID_LOCAL, VMADDR_PORT_ANY));
        Assert.SkipWhen(bound < 0, $"this kernel has no vsock within the machine: {Errno.Last.Message}; tests/run starts one that has");
        Listen(listener);
        SockAddr server = Getsockname(listener);
        Assert.Equal((AF_VSOCK, VMADDR_CID_LOCAL), (server.Family, server.Cid));

        using Fd client = Stream();
        Connect(client, server);
        using Fd accepted = Loopback.Limited(Accept(listener, out SockAddr peer));
        Assert.Equal((VMADDR_CID_LOCAL, Getsockname(client).VsockPort), (peer.Cid, peer.VsockPort));
        Assert.Equal(server, Getpeername(client));
        Assert.Equal(peer, Getpeername(accepted));

        Writen(client, "Hello"u8);
        Shutdown(client, SHUT_WR);
        byte[] received = new byte[8];
        Assert.Equal(5, Readn(accepted, received));
        Assert.Equal("Hello"u8, received.AsSpan(0, 5));
    }
}
