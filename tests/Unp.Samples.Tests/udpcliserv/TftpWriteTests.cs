using static Unp.Samples.Tests.udpcliserv.TftpClient;

namespace Unp.Samples.Tests.udpcliserv;

/// <summary>Tests of write requests with a hand-made client.</summary>
public class TftpWriteTests
{
    static readonly string Block = new('x', 512);

    [Fact]
    public void Complete_file_gets_its_name()
    {
        using var site = new TftpSite("--write");
        foreach (int size in (int[])[0, 511, 512, 1024, 1500])
        {
            using TftpClient client = site.Client();
            byte[] content = TestData.Bytes(size);
            client.Upload("sub/new", content);
            Assert.Equal(["sub/new"], site.Files);
            Assert.Equal(content, File.ReadAllBytes(site["sub/new"]));
            File.Delete(site["sub/new"]);
        }
    }

    [Fact]
    public void Incomplete_file_is_removed_after_time_out_or_error()
    {
        using var site = new TftpSite("--write", "--timeout", "10");
        using TftpClient client = site.Client();
        client.Write("new").Expect(Ack(0)).Send(Data(1, Block));
        Assert.False(File.Exists(site["new"]));
        Assert.Single(site.Files);
        site.WaitUntilIdle();
        Assert.Empty(site.Files);

        using TftpClient failing = site.Client();
        failing.Write("new").Expect(Ack(0)).Send(Error(3) + "\0");
        site.WaitUntilIdle();
        Assert.Empty(site.Files);
    }

    [Fact]
    public void Incomplete_file_is_removed_when_server_ends()
    {
        using var site = new TftpSite("--write");
        using TftpClient client = site.Client();
        client.Write("new").Expect(Ack(0)).Send(Data(1, Block)).Expect(Ack(1));
        Assert.Single(site.Files);
        Assert.Equal(new Outcome(0, "", ""), site.Server.Kill(SIGTERM).Finish());
        Assert.Empty(site.Files);
    }

    [Fact]
    public void Repeated_block_is_acknowledged_and_stored_once()
    {
        using var site = new TftpSite("--write");
        using TftpClient client = site.Client();
        client.Write("new").Expect(Ack(0)).Send(Data(1, Block)).Expect(Ack(1)).Send(Data(1, Block)).Expect(Ack(1));
        client.Send(Data(3, "future")).Send(Data(0, "past")).Send(Data(2, "end")).Expect(Ack(2));
        Assert.Equal(Block + "end", File.ReadAllText(site["new"]));

        // The last ACK may be lost, too.
        client.Send(Data(2, "end")).Expect(Ack(2)).Send(Data(2, "end")).Expect(Ack(2));
        Assert.True(client.IsEmpty);
    }

    [Fact]
    public void Ack_is_repeated_if_data_are_lost()
    {
        using var site = new TftpSite("--write", "--timeout", "20");
        using TftpClient client = site.Client();
        client.Write("new").Expect(Ack(0)).Expect(Ack(0)).Send(Data(1, Block));
        string packet;
        while ((packet = client.Receive()) == Ack(0))
            continue;
        Assert.Equal(Ack(1), packet);
        client.Expect(Ack(1));
    }

    [Fact]
    public void Existing_file_is_kept_without_option_overwrite()
    {
        using var site = new TftpSite("--write");
        byte[] before = site.Add("file", 10);
        File.CreateSymbolicLink(site["dangling"], "nowhere");
        using TftpClient client = site.Client();
        foreach (string name in (string[])["file", "out", "dangling", "sub"])
            client.Write(name).ExpectError(6);
        Assert.Equal(before, File.ReadAllBytes(site["file"]));
    }

    [Fact]
    public void First_of_two_writers_wins_without_option_overwrite()
    {
        using var site = new TftpSite("--write");
        using TftpClient first = site.Client();
        using TftpClient second = site.Client();
        first.Write("new").Expect(Ack(0));
        second.Write("new").Expect(Ack(0)).Send(Data(1, "second")).Expect(Ack(1));
        first.Send(Data(1, "first")).ExpectError(6);
        Assert.Equal("second", File.ReadAllText(site["new"]));
        Limit.Until(() => site.Files.SequenceEqual(["new"]), "the temporary file is removed");
    }

    [Fact]
    public void Option_overwrite_replaces_files_and_links_only()
    {
        using var site = new TftpSite("--write", "--overwrite");
        site.Add("file", 10);
        using TftpClient client = site.Client();
        client.Write("file").Expect(Ack(0)).Send(Data(1, Block)).Expect(Ack(1));
        Assert.Equal(10, new FileInfo(site["file"]).Length);
        client.Send(Data(2, "new")).Expect(Ack(2));
        Assert.Equal(Block + "new", File.ReadAllText(site["file"]));

        using TftpClient other = site.Client();
        other.Upload("out", [1]);
        Assert.Equal([1], File.ReadAllBytes(site["out"]));
        Assert.Equal("secret", File.ReadAllText(site["../secret"]));
        other.Write("sub").ExpectError(2);
    }

    [Fact]
    public void Path_outside_directory_is_refused()
    {
        using var site = new TftpSite("--write", "--overwrite");
        using TftpClient client = site.Client();
        foreach (string name in (string[])["../new", "sub/../../new", "up/new", "/tmp/new", "/new", "//new", "..", ".", "sub/"])
            client.Write(name).ExpectError(2);
        client.Write("missing/new").ExpectError(1);
        site.WaitUntilIdle();
        Assert.Empty(site.Files);
        Assert.Equal(["secret", "tftp"], site.Outside.Order());
    }

    [Fact]
    public void Write_requests_need_option_write()
    {
        using var site = new TftpSite();
        using TftpClient client = site.Client();
        client.Write("new").ExpectError(2);
        Assert.Empty(site.Files);
        Assert.Equal(new Outcome(1, "", "--overwrite needs --write\n"), UnpProcess.Run("udpservtftp", "--overwrite"));
    }

    [Fact]
    public void Too_long_block_and_other_packets_end_transfer()
    {
        using var site = new TftpSite("--write");
        foreach (string packet in (string[])[Data(1, Block + "x"), Ack(0), Request(2, "new", "octet")])
        {
            using TftpClient client = site.Client();
            client.Write("new").Expect(Ack(0)).Send(packet).ExpectError(4);
            site.WaitUntilIdle();
            Assert.Empty(site.Files);
        }
    }

    [Fact]
    public void Netascii_is_converted_across_blocks()
    {
        using var site = new TftpSite("--write");
        using TftpClient client = site.Client();
        client.SendToServer(Request(2, "new", "netascii")).Expect(Ack(0));
        client.Send(Data(1, new string('x', 511) + "\r")).Expect(Ack(1)).Send(Data(2, "\na\r\0b\rc\r")).Expect(Ack(2));
        Assert.Equal(new string('x', 511) + "\na\rb\rc\r", File.ReadAllText(site["new"]));
    }

    [Fact]
    public void Full_disk_ends_transfer_with_error_3()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can mount a file system");
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory["full"]);
        const string Script = """
            mount -t tmpfs -o size=4k none "$1" && exec "$0" udpservtftp --dir "$1" --write --bind 127.0.0.1 --port 0
            """;
        using Peer server = Peer.Start("unshare", "--mount", "sh", "-c", Script, UnpProcess.Executable, directory["full"]);
        using var client = new TftpClient(UnpProcess.Listening(server));
        client.Write("new", "blksize", "5000").Expect(OptionAck("blksize", "5000"));
        string text = client.Send(Data(1, new string('x', 5000))).ExpectError(3);
        Assert.Equal("No space left on device", text);
        Assert.Equal("a transfer has failed: No space left on device", server.ReadErrorLine());
        client.Upload("new", TestData.Bytes(3000)); // the part was removed, so there is room
    }
}
