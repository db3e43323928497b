namespace Unp.Net.Tests.Options;

public class Icmp6FilterTests
{
    const int EchoRequest = 128, EchoReply = 129;

    [Fact]
    public void Types_are_passed_and_blocked_individually()
    {
        Icmp6Filter filter = Icmp6Filter.BlockAll;
        filter.Pass(EchoReply);
        Assert.Equal([EchoReply], Enumerable.Range(0, 256).Where(type => filter.WillPass(type)));

        filter = Icmp6Filter.PassAll;
        filter.Block(EchoRequest);
        Assert.Equal([EchoRequest], Enumerable.Range(0, 256).Where(type => !filter.WillPass(type)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void Invalid_type_is_out_of_range(int type)
    {
        Icmp6Filter filter = default;
        Assert.Throws<ArgumentOutOfRangeException>(() => filter.WillPass(type));
        Assert.Throws<ArgumentOutOfRangeException>(() => filter.Pass(type));
        Assert.Throws<ArgumentOutOfRangeException>(() => filter.Block(type));
    }

    [Fact]
    public void Kernel_returns_same_filter()
    {
        int descriptor = socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6);
        Assert.SkipWhen(descriptor < 0, "raw sockets need privilege");
        using var fd = new Fd(descriptor);
        Assert.True(Getsockopt(fd, SocketOptions.Icmp6Filter).WillPass(EchoReply));

        Icmp6Filter filter = Icmp6Filter.BlockAll;
        filter.Pass(EchoReply);
        Setsockopt(fd, SocketOptions.Icmp6Filter, filter);
        Icmp6Filter read = Getsockopt(fd, SocketOptions.Icmp6Filter);
        Assert.True(read.WillPass(EchoReply) && !read.WillPass(EchoRequest));
    }
}
