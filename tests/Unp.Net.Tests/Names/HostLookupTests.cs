using System.Net;
using System.Net.Sockets;

namespace Unp.Net.Tests.Names;

/// <summary>gethostbyname, gethostbyname2, gethostbyaddr, their h_errno, and the name of this host.</summary>
public class HostLookupTests
{
    static readonly Dictionary<string, Func<string, (HostEnt? Host, int Error)>> Functions = new()
    {
        ["gethostbyname"] = name => (gethostbyname(name, out int h_errno), h_errno),
        ["gethostbyname2"] = name => (gethostbyname2(name, AF_INET6, out int h_errno), h_errno),
    };

    public static TheoryData<string> ByName => [.. Functions.Keys];

    [Fact]
    public void Host_has_its_addresses_and_no_error()
    {
        HostEnt host = gethostbyname("localhost", out int h_errno)!;
        Assert.Equal((0, AF_INET), (h_errno, host.AddressFamily));
        Assert.Contains(IPAddress.Loopback, host.Addresses);
        Assert.NotEmpty(host.Name);
    }

    [Theory]
    [InlineData("127.0.0.1", AF_INET)]
    [InlineData("192.0.2.255", AF_INET)]
    public void Address_as_text_is_found_as_host(string text, int family)
    {
        HostEnt host = gethostbyname2(text, family, out int h_errno)!;
        Assert.Equal((0, text, family), (h_errno, host.Name, host.AddressFamily));
        Assert.Empty(host.Aliases);
        Assert.Equal([IPAddress.Parse(text)], host.Addresses);
    }

    [Fact]
    public void Family_can_be_chosen()
    {
        HostEnt host = gethostbyname2("2001:db8::7", AF_INET6, out int h_errno)!;
        Assert.Equal((0, AF_INET6), (h_errno, host.AddressFamily));
        Assert.Equal([IPAddress.Parse("2001:db8::7")], host.Addresses);
        Assert.Null(gethostbyname("2001:db8::7", out h_errno));
        Assert.Equal(HOST_NOT_FOUND, h_errno);
    }

    [Fact]
    public void Address_has_name()
    {
        HostEnt host = gethostbyaddr(IPAddress.Loopback, out int h_errno)!;
        Assert.Equal((0, AF_INET), (h_errno, host.AddressFamily));
        Assert.Equal([IPAddress.Loopback], host.Addresses);
        Assert.Contains("localhost", host.Aliases.Append(host.Name));
    }

    [Theory]
    [MemberData(nameof(ByName))]
    public void Invalid_name_fails_quickly(string function)
    {
        string[] names =
        [
            "", "1.2.3.4.5", "a b", "bücher.invalid", "日本.invalid", "\ud800", new string('h', 64) + ".invalid", new('h', 10_000),
        ];
        foreach (string name in names)
        {
            var (host, error) = Limit.Run(() => Functions[function](name));
            Assert.Null(host);
            Assert.Contains(error, (int[])[HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA, NETDB_INTERNAL]);
            Assert.NotEmpty(hstrerror(error));
        }
    }

    [Theory]
    [MemberData(nameof(ByName))]
    public void Invalid_host_is_HOST_NOT_FOUND(string function)
    {
        foreach (string name in WrongNamesTests.WrongHosts)
            Assert.Equal((null, HOST_NOT_FOUND), Functions[function](name));
    }

    [Theory]
    [MemberData(nameof(ByName))]
    public void Nul_and_null_are_refused(string function)
    {
        Assert.Contains(
            "127.0.0.1\\0.test", Assert.Throws<ArgumentException>("name", () => Functions[function]("127.0.0.1\0.test")).Message);
        Assert.Throws<ArgumentNullException>("name", () => Functions[function](null!));
        Assert.Throws<ArgumentNullException>("address", () => gethostbyaddr(null!, out _));
    }

    [Theory]
    [InlineData(HOST_NOT_FOUND, "Unknown host", SocketError.HostNotFound)]
    [InlineData(TRY_AGAIN, "Host name lookup failure", SocketError.TryAgain)]
    [InlineData(NO_RECOVERY, "Unknown server error", SocketError.NoRecovery)]
    [InlineData(NO_DATA, "No address associated with name", SocketError.NoData)]
    [InlineData(NETDB_INTERNAL, "Resolver internal error", SocketError.NoRecovery)]
    public void Error_has_text_and_code(int error, string text, SocketError code)
    {
        Assert.Equal(text, hstrerror(error));
        var failure = new HostException(error, "gethostbyname", "h.test");
        Assert.Equal($"gethostbyname error for h.test: {text}", failure.Message);
        Assert.Equal((error, error, code), (failure.Error, failure.ErrorCode, failure.SocketErrorCode));
        Assert.Equal(("gethostbyname", "h.test"), (failure.Function, failure.Host));
    }

    [Fact]
    public void Results_of_concurrent_threads_are_separate()
    {
        // In C's static buffer one result would overwrite another.
        Limit.Run(() => Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            string address = $"192.0.{i >> 8}.{i & 255}";
            HostEnt host = gethostbyname(address, out _)!;
            HostEnt other = gethostbyname2($"2001:db8::{i:x}", AF_INET6, out _)!;
            Assert.Equal((address, address), (host.Name, $"{Assert.Single(host.Addresses)}"));
            Assert.Equal(IPAddress.Parse($"2001:db8::{i:x}"), Assert.Single(other.Addresses));
        }));
    }

    [Fact]
    public void Own_name_is_that_of_kernel() =>
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/hostname").TrimEnd(), Gethostname());

    [Fact]
    public void Own_addresses_are_those_of_own_name()
    {
        string name = Gethostname();
        HostEnt? host = gethostbyname(name, out int error);
        if (host is null)
        {
            Assert.Equal(error, Assert.Throws<HostException>(() => My_addrs(out _)).Error);
            Assert.Null(my_addrs(out int none, out int h_errno));
            Assert.Equal((AF_UNSPEC, error), (none, h_errno));
            return;
        }
        Assert.Equal(host.Addresses, My_addrs(out int family));
        Assert.Equal(host.AddressFamily, family);
        Assert.Equal(host.Addresses, my_addrs(out _, out int ok));
        Assert.Equal(0, ok);
    }
}
