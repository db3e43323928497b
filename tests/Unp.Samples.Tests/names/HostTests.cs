namespace Unp.Samples.Tests.names;

/// <summary>Tests of the programs of chapter 11 that print data of the name service.</summary>
public sealed class HostTests : IDisposable
{
    readonly HostsFile names = new HostsFile(
        "127.0.0.1 localhost", "192.0.2.1 one.test first uno", "192.0.2.2 two.test", "192.0.2.3 two.test", "2001:db8::1 six.test")
        .Networks("loopback 127.0.0.0", "lab 192.0.2.0 laboratory");

    public void Dispose() => names.Dispose();

    [Theory]
    [InlineData("hostent", "official hostname: one.test\n\talias: first\n\talias: uno\n\taddress: 192.0.2.1\n")]
    [InlineData("hostent2", "official hostname: one.test\n\talias: first\n\talias: uno\n\taddress: 192.0.2.1\n\tname = one.test\n")]
    [InlineData("hostent3", "official host name: one.test\n\talias: first\n\talias: uno\n\tIPv4 address: 192.0.2.1    name = one.test\n")]
    [InlineData(
        "test1",
        "official host name: one.test\n\talias: first\n\talias: uno\n\taddress: 192.0.2.1\n"
        + "\t\tname = one.test\n\t\tofficial host name: one.test\n\t\talias: first\n\t\talias: uno\n")]
    public void Host_is_printed_with_all_names(string program, string lines)
    {
        Assert.Equal(new Outcome(0, lines, ""), names.RunUnp($"names/{program}", "uno"));

        // The program continues with the next host after an unknown one.
        Assert.Equal(
            new Outcome(0, lines + lines, "gethostbyname error for host: nobody.test: Unknown host\n"),
            names.RunUnp($"names/{program}", "one.test", "nobody.test", "first"));
    }

    [Theory]
    [InlineData("hostent", "official hostname: 192.0.2.9\n\taddress: 192.0.2.9\n")]
    [InlineData("hostent2", "official hostname: 192.0.2.9\n\taddress: 192.0.2.9\n\t(gethostbyaddr failed)\n")]
    [InlineData("hostent3", "official host name: 192.0.2.9\n\tIPv4 address: 192.0.2.9    (gethostbyaddr failed: Unknown host)\n")]
    [InlineData("test1", "official host name: 192.0.2.9\n\taddress: 192.0.2.9\n\t\t(gethostbyaddr failed)\n")]
    public void Address_without_name_is_reported(string program, string lines) =>
        Assert.Equal(new Outcome(0, lines, ""), names.RunUnp($"names/{program}", "192.0.2.9"));

    [Fact]
    public void Loopback_is_localhost()
    {
        Assert.Equal(
            new Outcome(0, "official hostname: localhost\n\taddress: 127.0.0.1\n", ""), names.RunUnp("names/hostent", "localhost"));
        Assert.Equal(
            new Outcome(0, "official host name: localhost\n\tIPv4 address: 127.0.0.1    name = localhost\n", ""),
            names.RunUnp("names/hostent3", "localhost"));
    }

    [Fact]
    public void Network_is_printed_with_all_names()
    {
        Assert.Equal(
            new Outcome(
                0,
                "official netname: loopback\nofficial netname: lab\n\talias: laboratory\n",
                "getnetbyname error for net: nowhere: Unknown host\n"),
            names.RunUnp("names/netent", "loopback", "nowhere", "laboratory"));
    }

    [Theory]
    [InlineData("prmyaddrs")]
    [InlineData("prmyaddrs1")]
    public void Addresses_of_this_host_match_its_name(string program)
    {
        string name = Gethostname();
        using var own = new HostsFile($"192.0.2.7 {name}", $"192.0.2.8 {name}");
        Assert.Equal(new Outcome(0, "\taddress: 192.0.2.7\n\taddress: 192.0.2.8\n", ""), own.RunUnp($"names/{program}"));

        string function = program == "prmyaddrs" ? "my_addrs error for" : "gethostbyname error for host:";
        Assert.Equal(new Outcome(1, "", $"{function} {name}: Unknown host\n"), names.RunUnp($"names/{program}"));
    }

    [Theory]
    [InlineData("daytimetcpcli", "<hostname/IPaddress> <service/port#>")]
    [InlineData("daytimetcpcli1", "<hostname> <service>")]
    [InlineData("daytimetcpcli2", "<hostname> <service>")]
    [InlineData("daytimetcpcli3", "<hostname> <service>")]
    [InlineData("daytimeudpcli1", "<hostname/IPaddress> <service/port#>")]
    [InlineData("daytimeudpcli2", "<hostname/IPaddress> <service/port#>")]
    [InlineData("test2", "<hostname/IPaddress> <service/port#>")]
    [InlineData("daytimetcpsrv1", "<service or port#>")]
    [InlineData("daytimetcpsrv2", "[ <host> ] <service or port>")]
    [InlineData("daytimetcpsrv3", "[ <host> ] <service or port>")]
    [InlineData("daytimetcpsrv4", "[ <host> ] <service or port>")]
    [InlineData("daytimeudpsrv2", "[ <host> ] <service or port>")]
    [InlineData("daytimeudpsrv3", "[ <host> ] <service or port>")]
    public void Wrong_number_of_arguments_prints_usage(string program, string arguments)
    {
        var usage = new Outcome(1, "", $"usage: {program} {arguments}\n");
        Assert.Equal(usage, UnpProcess.Run($"names/{program}"));
        Assert.Equal(usage, UnpProcess.Run($"names/{program}", "127.0.0.1", "0", "more"));
    }

    [Theory]
    [InlineData("daytimetcpcli", "tcp_connect")]
    [InlineData("daytimeudpcli1", "udp_client")]
    [InlineData("daytimeudpcli2", "udp_connect")]
    [InlineData("test2", "udp_client")]
    [InlineData("daytimetcpsrv2", "tcp_listen")]
    [InlineData("daytimeudpsrv2", "udp_server")]
    [InlineData("daytimeudpsrv3", "udp_server_reuseaddr")]
    public void Unknown_host_or_service_is_named(string program, string function)
    {
        Assert.Equal(
            new Outcome(1, "", $"{function} error for nobody.test, 7: Name or service not known\n"),
            names.RunUnp($"names/{program}", "nobody.test", "7"));
        Assert.Equal(
            new Outcome(1, "", $"{function} error for 127.0.0.1, 70000: Servname not supported for ai_socktype\n"),
            UnpProcess.Run($"names/{program}", "127.0.0.1", "70000"));
    }

    [Fact]
    public void Ambiguous_name_is_refused_with_candidates() =>
        Assert.Equal(
            new Outcome(1, "", "several chapters have a daytimetcpcli; use its path: intro/daytimetcpcli, names/daytimetcpcli, "
                + "advio/daytimetcpcli, unixdomain/daytimetcpcli, nonblock/daytimetcpcli\n"),
            UnpProcess.Run("daytimetcpcli", "127.0.0.1"));
}
