using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Unp.Net.Kestrel.Tests;

/// <summary>Tests of the end points at which the transport listens, and of the credentials of their clients.</summary>
public class EndPointTests : KestrelSuite
{
    [Fact]
    public void Unix_path_is_served_and_then_removed()
    {
        using var directory = new TempDirectory();
        string path = directory["web"];
        With(new WebServer(ClientIdentity, kestrel => kestrel.ListenUnixSocket(path)), server =>
        {
            Assert.StartsWith(FormattableString.Invariant($"{geteuid()} "), Curl("--unix-socket", path, "http://web/"));
            return Task.CompletedTask;
        });
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Unix_path_of_dead_server_is_replaced()
    {
        using var directory = new TempDirectory();
        string path = directory["web"];
        Loopback.Listener(SockAddr.Unix(path)).Dispose();
        With(new WebServer(ClientIdentity, kestrel => kestrel.ListenUnixSocket(path)), server =>
        {
            Curl("--unix-socket", path, "http://web/");
            Assert.ThrowsAny<IOException>(() => new WebServer(ClientIdentity, kestrel => kestrel.ListenUnixSocket(path)));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Abstract_unix_address_is_served()
    {
        string name = $"unp-kestrel-{Environment.ProcessId}";
        With(new WebServer(ClientIdentity, kestrel => kestrel.Listen(new UnixDomainSocketEndPoint("\0" + name))), server =>
        {
            using Peer curl = Peer.Start("curl", "--silent", "--abstract-unix-socket", name, "http://web/");
            Assert.Equal(FormattableString.Invariant($"{geteuid()} {curl.Id}"), curl.Finish().Output);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void IPv6_wildcard_accepts_IPv4_and_IPv6_clients()
    {
        With(new WebServer(ClientIdentity, kestrel => kestrel.ListenAnyIP(0)), server =>
        {
            Assert.Equal("::1", Curl($"http://[::1]:{server.Port}/"));
            Assert.Equal("::ffff:127.0.0.1", Curl($"http://127.0.0.1:{server.Port}/"));
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void Inherited_descriptor_is_served_and_left_open()
    {
        using Fd listening = Loopback.Listener();
        ulong number = (ulong)listening.DangerousGetHandle();
        int port = Getsockname(listening).Port;
        With(new WebServer(ClientIdentity, kestrel => kestrel.ListenHandle(number)), server =>
        {
            Assert.Equal("127.0.0.1", Curl($"http://127.0.0.1:{port}/"));
            return Task.CompletedTask;
        });
        Assert.False(SetNonBlocking(listening)); // the transport has made it blocking again
        using Fd client = Loopback.Connected(listening);
        Accept(listening).Dispose();
    }

    [Fact]
    public void Sample_serves_inherited_socket()
    {
        using Fd listening = Loopback.Listener();
        string web = Path.Combine(AppContext.BaseDirectory, "unp-web");
        using SpawnedProcess server = Spawn(
            "/bin/sh", ["-c", $"LISTEN_PID=$$ LISTEN_FDS=1 exec {web}"], new() { Descriptors = { [3] = listening } });
        try
        {
            Assert.StartsWith("hello from ", Curl($"http://127.0.0.1:{Getsockname(listening).Port}/"));
        }
        finally
        {
            server.Kill(SIGTERM);
        }
        Assert.Equal(0, Limit.Run(server.Wait).ExitStatus);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void Address_in_use_throws_AddressInUseException(bool reusePort)
    {
        using Fd other = Loopback.Listener();
        int port = Getsockname(other).Port;
        var failure = Assert.ThrowsAny<IOException>(
            () => new WebServer(
                ClientIdentity, kestrel => kestrel.Listen(IPAddress.Loopback, port), transport => transport.ReusePort = reusePort));
        Assert.IsType<AddressInUseException>(failure.InnerException);
    }

    [Fact]
    public void ReusePort_serves_with_several_loops() => With(
        new WebServer(ClientIdentity, transport: transport => (transport.ReusePort, transport.LoopCount) = (true, 3)), server =>
        {
            for (int i = 0; i < 10; i++)
                Assert.Equal("127.0.0.1", Curl(server.Url));
            return Task.CompletedTask;
        });

    [Fact]
    public void CanBind_is_false_for_unsupported_end_points()
    {
        using var factory = new UnpTransportFactory(Options.Create(new UnpTransportOptions()));
        Assert.False(factory.CanBind(new NamedPipeEndPoint("pipe")));
        Assert.False(factory.CanBind(new DnsEndPoint("localhost", 80)));
        Assert.False(factory.CanBind(new FileHandleEndPoint(3, FileHandleType.Pipe)));
        Assert.True(factory.CanBind(new FileHandleEndPoint(3, FileHandleType.Auto)));
    }

    static void ClientIdentity(WebApplication app) => app.MapGet("/", context => context.Response.WriteAsync(
        context.Features.Get<IPeerCredentialsFeature>() is { PeerCredentials: var peer }
            ? FormattableString.Invariant($"{peer.UserId} {peer.ProcessId}")
            : $"{context.Connection.RemoteIpAddress}"));
}
