using System.Text;

namespace Unp.Samples.Tests.udpcliserv;

/// <summary>Tests with the clients of Debian: tftp-hpa, atftp and curl.</summary>
public class TftpPeerTests
{
    /// <summary>More blocks of 512 bytes than a block number can count.</summary>
    const int BeyondNumbers = 65_540 * 512;

    const string Patient = "5000"; // real clients repeat their packets, too

    [Theory]
    [InlineData("tftp")]
    [InlineData("atftp")]
    [InlineData("atftp with options")]
    [InlineData("curl")]
    [InlineData("curl without options")]
    public void Client_reads_and_writes_files(string client)
    {
        using var site = new TftpSite("--write", "--timeout", Patient);
        foreach (int size in (int[])[0, 512, 100_000])
        {
            using var local = new TempDirectory();
            byte[] content = site.Add("file", size);
            Run(Get(client, site, "file", local["copy"]));
            Assert.Equal(content, File.ReadAllBytes(local["copy"]));
            Run(Put(client, site, local["copy"], "sub/new"));
            Assert.Equal(content, File.ReadAllBytes(site["sub/new"]));
            Assert.Equal(["file", "sub/new"], site.Files.Order());
            File.Delete(site["sub/new"]);
        }
    }

    [Fact]
    public void Block_numbers_wrap_in_both_directions()
    {
        using var site = new TftpSite("--write", "--timeout", Patient);
        using var local = new TempDirectory();
        byte[] content = site.Add("file", BeyondNumbers);
        string[] window = ["atftp", "--option", "windowsize 64"];
        Run([.. window, "-g", "-r", "file", "-l", local["copy"], "127.0.0.1", site.Port]);
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(local["copy"])));
        Run([.. window, "-p", "-l", local["copy"], "-r", "new", "127.0.0.1", site.Port]);
        Assert.True(content.AsSpan().SequenceEqual(File.ReadAllBytes(site["new"])));
    }

    [Fact]
    public void Text_passes_conversion_of_both_sides()
    {
        const string Text = "one\ntwo\r\nthree\rfour\n\r";
        using var site = new TftpSite("--write", "--timeout", Patient);
        using var local = new TempDirectory();
        site.Add("text", 0);
        File.WriteAllText(site["text"], string.Concat(Enumerable.Repeat(Text, 100)));
        Run("tftp", "-m", "ascii", "127.0.0.1", site.Port, "-c", "put", site["text"], "new");
        Assert.Equal(File.ReadAllText(site["text"]), File.ReadAllText(site["new"]));
        Run("curl", "-sS", "--max-time", "20", "-o", local["copy"], $"tftp://127.0.0.1:{site.Port}/text;mode=netascii");
        string network = File.ReadAllText(site["text"]).Replace("\r", "\r\0", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal(network, Encoding.Latin1.GetString(File.ReadAllBytes(local["copy"]))); // curl converts nothing
    }

    [Theory]
    [InlineData("::1", "[::1]")]
    [InlineData("::", "[::1]")]
    [InlineData("::", "127.0.0.1")]
    public void Server_of_IPv6_also_serves_IPv4_on_wildcard(string bound, string host)
    {
        Loopback.Require(AF_INET6);
        using TftpSite site = TftpSite.At(bound, "--timeout", Patient);
        byte[] content = site.Add("file", 2000);
        using var local = new TempDirectory();
        Run("curl", "-sS", "--max-time", "20", "-o", local["copy"], $"tftp://{host}:{site.Port}/file");
        Assert.Equal(content, File.ReadAllBytes(local["copy"]));
    }

    [Fact]
    public void Refusal_reaches_user_of_client()
    {
        using var site = new TftpSite("--timeout", Patient);
        using var local = new TempDirectory();
        using Peer client = Peer.Start("curl", "-sS", "-o", local["copy"], $"tftp://127.0.0.1:{site.Port}/missing");
        const int FileNotFound = 68; // CURLE_TFTP_NOTFOUND
        Assert.Equal(FileNotFound, client.Finish().Status);
    }

    static string[] Get(string client, TftpSite site, string remote, string local) => client switch
    {
        "tftp" => ["tftp", "-m", "binary", "127.0.0.1", site.Port, "-c", "get", remote, local],
        "atftp" => ["atftp", "-g", "-r", remote, "-l", local, "127.0.0.1", site.Port],
        "atftp with options" => ["atftp", .. AtftpOptions, "-g", "-r", remote, "-l", local, "127.0.0.1", site.Port],
        _ => ["curl", .. CurlOptions(client), "-o", local, $"tftp://127.0.0.1:{site.Port}/{remote}"],
    };

    static string[] Put(string client, TftpSite site, string local, string remote) => client switch
    {
        "tftp" => ["tftp", "-m", "binary", "127.0.0.1", site.Port, "-c", "put", local, remote],
        "atftp" => ["atftp", "-p", "-l", local, "-r", remote, "127.0.0.1", site.Port],
        "atftp with options" => ["atftp", .. AtftpOptions, "-p", "-l", local, "-r", remote, "127.0.0.1", site.Port],
        _ => ["curl", .. CurlOptions(client), "-T", local, $"tftp://127.0.0.1:{site.Port}/{remote}"],
    };

    static string[] AtftpOptions =>
        ["--option", "tsize", "--option", "blksize 1428", "--option", "timeout 5", "--option", "windowsize 8"];

    static string[] CurlOptions(string client) =>
        ["-sS", "--max-time", "20", .. (string[])(client == "curl" ? ["--tftp-blksize", "1024"] : ["--tftp-no-options"])];

    static void Run(params string[] command)
    {
        using Peer client = Peer.Start(command[0], command[1..]);
        Outcome outcome = client.Finish();
        Assert.True(outcome.Status == 0, $"{string.Join(' ', command)}: {outcome}");
    }
}
