namespace Unp.Net.Tests.Addresses;

public class VsockTests
{
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
        int number = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
        Assert.SkipUnless(number >= 0, "this kernel has no vsock");
        using var fd = new Fd(number);
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
}
