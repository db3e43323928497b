using Unp.Testing;
using Xunit;

namespace Unp.Net.PackageTests;

/// <summary>The programs as a .NET tool, installed from a folder feed.</summary>
public sealed class ToolTests(PackedPackage package)
{
    [Fact]
    public void Installed_tool_lists_demonstrates_and_serves()
    {
        string tools = package.NewFolder("tools");
        package.Dotnet(
            "tool", "install", "Unp.Net.Tool", "--tool-path", tools, "--version", package.Version, "--add-source", package.Feed,
            "--verbosity", "quiet");
        string unp = Path.Combine(tools, "unp");

        using (Peer list = Peer.Start(unp, "list"))
            Assert.Contains("tcpcliserv/tcpserv04", list.ReadToEnd(), StringComparison.Ordinal);
        using (Peer demo = Peer.Start(unp, "demo"))
            Assert.Equal(0, demo.Finish().Status);

        using Peer server = Peer.Start(unp, "tcpcliserv/tcpserv04", "--port", "0", "--bind", "127.0.0.1");
        string listening = server.ReadErrorLine() ?? "";
        using Peer client = Peer.Start(unp, "tcpcliserv/tcpcli01", "127.0.0.1", "--port", listening[(listening.LastIndexOf(':') + 1)..]);
        client.Type("hello, tool\n").EndInput();
        Assert.Equal(new Outcome(0, "hello, tool\n", ""), client.Finish());
    }
}
