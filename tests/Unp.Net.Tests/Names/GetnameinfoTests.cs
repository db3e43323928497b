namespace Unp.Net.Tests.Names;

public class GetnameinfoTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("2001:db8::1")]
    public void Numbers_are_those_of_the_address(string address) =>
        Assert.Equal((address, "13"), Getnameinfo(SockAddr.Inet(address, 13), NI_NUMERICHOST | NI_NUMERICSERV));

    [Fact]
    public void Names_are_those_of_the_files()
    {
        Assert.SkipUnless(File.Exists("/etc/services"), "there is no /etc/services (Debian: netbase)");
        Assert.Equal((gethostbyaddr(System.Net.IPAddress.Loopback, out _)!.Name, "daytime"), Getnameinfo(SockAddr.Inet("127.0.0.1", 13), NI_NAMEREQD));
        Assert.Equal(("127.0.0.1", "daytime"), Getnameinfo(SockAddr.Inet("127.0.0.1", 13), NI_NUMERICHOST));
    }

    [Fact]
    public void Service_may_have_another_name_for_datagrams()
    {
        // The same port, two services (section 11.17).
        Assert.SkipUnless(getservbyport(514, "tcp") is not null && getservbyport(514, "udp") is not null, "/etc/services has no port 514");
        SockAddr address = SockAddr.Inet("127.0.0.1", 514);
        Assert.Equal(getservbyport(514, "tcp")!.Name, Getnameinfo(address, NI_NUMERICHOST).Service);
        Assert.Equal(getservbyport(514, "udp")!.Name, Getnameinfo(address, NI_NUMERICHOST | NI_DGRAM).Service);
    }

    [Fact]
    public void Port_without_a_name_is_its_number()
    {
        int port = Enumerable.Range(1, ushort.MaxValue).First(port => getservbyport(port) is null);
        Assert.Equal(("127.0.0.1", $"{port}"), Getnameinfo(SockAddr.Inet("127.0.0.1", port), NI_NUMERICHOST));
    }

    [Fact]
    public void Scope_is_kept() =>
        Assert.Equal("fe80::1%lo", Getnameinfo(SockAddr.Inet($"fe80::1%{if_nametoindex("lo")}", 0), NI_NUMERICHOST | NI_NUMERICSERV).Host);

    [Fact]
    public void Name_that_is_required_and_not_there_is_an_error()
    {
        using var names = new HostsFile("127.0.0.1 localhost");
        Assert.Equal("getnameinfo EAI_NONAME", names.Run("look up without name server").Output.Split('\n')[1]);

        // Flags that ask for a name and for a number.
        SockAddr address = SockAddr.Inet("192.0.2.1", 13);
        Assert.Equal(EAI_NONAME, getnameinfo(address, out string host, out string service, NI_NAMEREQD | NI_NUMERICHOST));
        Assert.Equal(("", ""), (host, service));
        var failure = Assert.Throws<GaiException>(() => Getnameinfo(address, NI_NAMEREQD | NI_NUMERICHOST));
        Assert.Equal("getnameinfo error for 192.0.2.1, 13: Name or service not known", failure.Message);
    }

    [Fact]
    public void What_is_no_address_is_an_error()
    {
        Assert.Equal(EAI_FAMILY, getnameinfo(default, out _, out _));
        Assert.Equal(EAI_FAMILY, Assert.Throws<GaiException>(() => Getnameinfo(default)).Error);
        Assert.Equal(EAI_BADFLAGS, Assert.Throws<GaiException>(() => Getnameinfo(SockAddr.Inet("127.0.0.1", 13), 0x40000000)).Error);
    }
}
