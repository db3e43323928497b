namespace Unp.Net.Tests.Names;

public class GetnameinfoTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("2001:db8::1")]
    public void Numbers_are_those_of_address(string address) =>
        Assert.Equal((address, "13"), Getnameinfo(SockAddr.Inet(address, 13), NI_NUMERICHOST | NI_NUMERICSERV));

    [Fact]
    public void Names_are_those_of_files()
    {
        Assert.SkipUnless(File.Exists("/etc/services"), "/etc/services does not exist (Debian: netbase)");
        Assert.Equal(
            (gethostbyaddr(System.Net.IPAddress.Loopback, out _)!.Name, "daytime"),
            Getnameinfo(SockAddr.Inet("127.0.0.1", 13), NI_NAMEREQD));
        Assert.Equal(("127.0.0.1", "daytime"), Getnameinfo(SockAddr.Inet("127.0.0.1", 13), NI_NUMERICHOST));
    }

    [Fact]
    public void Service_of_port_depends_on_protocol()
    {
        // One port has two services (UNP 11.17).
        Assert.SkipUnless(getservbyport(514, "tcp") is not null && getservbyport(514, "udp") is not null, "/etc/services has no port 514");
        SockAddr address = SockAddr.Inet("127.0.0.1", 514);
        Assert.Equal(getservbyport(514, "tcp")!.Name, Getnameinfo(address, NI_NUMERICHOST).Service);
        Assert.Equal(getservbyport(514, "udp")!.Name, Getnameinfo(address, NI_NUMERICHOST | NI_DGRAM).Service);
    }

    [Fact]
    public void Port_without_name_is_number()
    {
        int port = Enumerable.Range(1, ushort.MaxValue).First(port => getservbyport(port) is null);
        Assert.Equal(("127.0.0.1", $"{port}"), Getnameinfo(SockAddr.Inet("127.0.0.1", port), NI_NUMERICHOST));
    }

    [Fact]
    public void Scope_is_kept() =>
        Assert.Equal("fe80::1%lo", Getnameinfo(SockAddr.Inet($"fe80::1%{if_nametoindex("lo")}", 0), NI_NUMERICHOST | NI_NUMERICSERV).Host);

    [Fact]
    public void Missing_required_name_is_error()
    {
        using var names = new HostsFile("127.0.0.1 localhost");
        Assert.Equal("getnameinfo EAI_NONAME", names.Run("look up without name server").Output.Split('\n')[1]);

        // Flags that demand a name and a number.
        SockAddr address = SockAddr.Inet("192.0.2.1", 13);
        Assert.Equal(EAI_NONAME, getnameinfo(address, out string host, out string service, NI_NAMEREQD | NI_NUMERICHOST));
        Assert.Equal(("", ""), (host, service));
        var failure = Assert.Throws<GaiException>(() => Getnameinfo(address, NI_NAMEREQD | NI_NUMERICHOST));
        Assert.Equal("getnameinfo error for 192.0.2.1, 13: Name or service not known", failure.Message);
    }

    [Fact]
    public void Empty_address_and_unknown_flags_are_errors()
    {
        Assert.Equal(EAI_FAMILY, getnameinfo(default, out _, out _));
        Assert.Equal(EAI_FAMILY, Assert.Throws<GaiException>(() => Getnameinfo(default)).Error);
        Assert.Equal(EAI_BADFLAGS, Assert.Throws<GaiException>(() => Getnameinfo(SockAddr.Inet("127.0.0.1", 13), 0x40000000)).Error);
    }
}
