using System.Globalization;
using System.Net;

namespace Unp.Net.Tests.Names;

/// <summary>getserv*, getproto* and getnet* return the entries of /etc/services, /etc/protocols and /etc/networks.</summary>
public class DatabaseTests
{
    [Fact]
    public void Services_are_those_of_file()
    {
        ServEnt[] file = [.. from line in Lines("/etc/services")
            let port = line[1].Split('/')
            select new ServEnt(line[0], line[2..], int.Parse(port[0], CultureInfo.InvariantCulture), port[1])];
        Assert.Equal(file.Select(Text), getservent().Select(Text));
        Assert.All(file, service =>
        {
            // If several lines have the same name or port, the first one is found.
            Assert.All(service.Aliases.Append(service.Name), name => Assert.Equal(
                Text(file.First(line => line.Protocol == service.Protocol && line.Aliases.Append(line.Name).Contains(name))),
                Text(getservbyname(name, service.Protocol)!)));
            Assert.Equal(
                Text(file.First(line => line.Protocol == service.Protocol && line.Port == service.Port)),
                Text(getservbyport(service.Port, service.Protocol)!));
        });
    }

    [Fact]
    public void Protocols_are_those_of_file()
    {
        ProtoEnt[] file =
        [
            .. Lines("/etc/protocols").Select(line => new ProtoEnt(line[0], line[2..], int.Parse(line[1], CultureInfo.InvariantCulture))),
        ];
        Assert.Equal(file.Select(Text), getprotoent().Select(Text));
        Assert.All(file, protocol =>
        {
            Assert.Equal(Text(protocol), Text(getprotobyname(protocol.Name)!));
            Assert.Equal(Text(file.First(line => line.Number == protocol.Number)), Text(getprotobynumber(protocol.Number)!));
        });
        Assert.Equal(IPPROTO_TCP, getprotobyname("TCP")!.Number);
    }

    [Fact]
    public void Networks_are_those_of_file()
    {
        NetEnt[] file = [.. from line in Lines("/etc/networks")
            select new NetEnt(line[0], line[2..], AF_INET, ntohl(BitConverter.ToUInt32(IPAddress.Parse(line[1]).GetAddressBytes())))];
        Assert.Equal(file.Select(Text), getnetent().Select(Text));
        Assert.All(file, network =>
        {
            Assert.Equal(Text(network), Text(getnetbyname(network.Name)!));
            Assert.Equal(Text(network), Text(getnetbyaddr(network.Network)!));
        });
    }

    [Fact]
    public void Service_is_found_for_any_protocol()
    {
        Require("/etc/services");
        Assert.Equal(13, getservbyname("daytime")!.Port);
        Assert.Equal("daytime", getservbyport(13)!.Name);
        Assert.Null(getservbyname("daytime", "no-such-protocol"));
    }

    [Fact]
    public void Unknown_entry_is_null()
    {
        foreach (string name in (string[])["", "no-such-name", "dienst-für-alle", new('n', 10_000)])
        {
            Assert.Null(getservbyname(name));
            Assert.Null(getservbyname("daytime", name.Length == 0 ? "x" : name));
            Assert.Null(getprotobyname(name));
            Assert.Null(getnetbyname(name));
        }
        int port = Enumerable.Range(1, ushort.MaxValue).Except(getservent().Select(service => service.Port)).First();
        Assert.Null(getservbyport(port));
        Assert.Null(getservbyport(port, "tcp"));
        Assert.Null(getprotobynumber(-1));
        Assert.Null(getprotobynumber(100_000));
        Assert.Null(getnetbyaddr(0xC0000200));
        Assert.Null(getnetbyaddr(0x7F000000, AF_INET6));
    }

    [Fact]
    public void Invalid_arguments_are_refused_by_parameter_name()
    {
        Assert.Throws<ArgumentNullException>("name", () => getservbyname(null!));
        Assert.Throws<ArgumentNullException>("name", () => getprotobyname(null!));
        Assert.Throws<ArgumentNullException>("name", () => getnetbyname(null!));
        Assert.Contains("daytime\\0x", Assert.Throws<ArgumentException>("name", () => getservbyname("daytime\0x")).Message);
        Assert.Contains("tcp\\0x", Assert.Throws<ArgumentException>("proto", () => getservbyname("daytime", "tcp\0x")).Message);
        Assert.Contains("tcp\\0x", Assert.Throws<ArgumentException>("proto", () => getservbyport(13, "tcp\0x")).Message);
        Assert.Throws<ArgumentException>("name", () => getprotobyname("tcp\0"));
        Assert.Throws<ArgumentException>("name", () => getnetbyname("\0"));
        Assert.Contains("65536", Assert.Throws<ArgumentOutOfRangeException>("port", () => getservbyport(65536)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("port", () => getservbyport(-1));
    }

    [Fact]
    public void Results_of_concurrent_threads_are_separate()
    {
        Require("/etc/services");
        Require("/etc/protocols");
        Require("/etc/networks");
        string[] services = [.. getservent().Select(Text)];
        string[] protocols = [.. getprotoent().Select(Text)];
        string tcp = Text(getprotobyname("tcp")!);
        string time = Text(getservbyname("daytime", "tcp")!);
        string loopback = Text(getnetbyname("loopback")!);
        Limit.Run(() => Parallel.For(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i =>
        {
            // A concurrent enumeration of another thread does not advance this one.
            if (i % 8 == 0)
                Assert.Equal(services, getservent().Select(Text));
            if (i % 8 == 1)
                Assert.Equal(protocols, getprotoent().Select(Text));
            Assert.Equal(tcp, Text(getprotobyname("tcp")!));
            Assert.Equal(time, Text(getservbyname("daytime", "tcp")!));
            Assert.Equal("echo", getservbyport(7, "tcp")!.Name);
            Assert.Equal("udp", getprotobynumber(IPPROTO_UDP)!.Name);
            Assert.Equal(loopback, Text(getnetbyname("loopback")!));
        }));
    }

    /// <summary>Skips the test if the file does not exist (Debian: netbase).</summary>
    static void Require(string path) => Assert.SkipUnless(File.Exists(path), $"{path} does not exist");

    /// <summary>Returns the words of each line, without comments.</summary>
    static IEnumerable<string[]> Lines(string path)
    {
        Require(path);
        return from line in File.ReadAllLines(path)
               let words = line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
               where words.Length > 1
               select words;
    }

    static string Text(ServEnt s) => $"{s.Name} {s.Port}/{s.Protocol} {string.Join(' ', s.Aliases)}";

    static string Text(ProtoEnt p) => $"{p.Name} {p.Number} {string.Join(' ', p.Aliases)}";

    static string Text(NetEnt n) => $"{n.Name} {n.AddressFamily} {n.Network:x8} {string.Join(' ', n.Aliases)}";
}
