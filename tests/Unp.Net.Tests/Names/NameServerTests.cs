using System.Diagnostics;

namespace Unp.Net.Tests.Names;

/// <summary>Every function quickly reports that the name service is down.</summary>
public sealed class NameServerTests
{
    const string Lines = """
        getaddrinfo EAI_AGAIN
        getnameinfo EAI_AGAIN
        getnameinfo EAI_AGAIN
        gethostbyname 2
        gethostbyaddr 2
        my_addrs 2
        """;

    [Theory]
    [InlineData("look up without name server", "192.0.2.53")] // unreachable
    [InlineData("look up without name server", "127.0.0.1")] // reachable, without a server
    [InlineData("look up with a silent name server", "127.0.0.1")]
    public void Lookup_without_name_server_fails_in_bounded_time(string scenario, string server)
    {
        using HostsFile names = new HostsFile("192.0.2.9 other.test").NameServer(server);
        long started = Stopwatch.GetTimestamp();
        var (output, error) = names.Run(scenario);
        Assert.Equal(Lines, output);
        Assert.Equal("tcp_connect error for nobody.test, 80: Temporary failure in name resolution", error);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Limit.Default);
    }
}
