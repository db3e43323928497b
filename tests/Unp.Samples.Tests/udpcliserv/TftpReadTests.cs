using System.Text;
using static Unp.Samples.Tests.udpcliserv.TftpClient;

namespace Unp.Samples.Tests.udpcliserv;

/// <summary>Tests of read requests with a hand-made client.</summary>
public class TftpReadTests
{
    [Fact]
    public void File_ends_with_short_block()
    {
        using var site = new TftpSite();
        using TftpClient client = site.Client();
        foreach (int size in (int[])[0, 1, 511, 512, 1024, 1500])
        {
            string content = Encoding.Latin1.GetString(site.Add("file", size));
            client.Read("file");
            for (int block = 1; block <= size / 512 + 1; block++)
                client.Expect(Data(block, content[((block - 1) * 512)..Math.Min(size, block * 512)])).Send(Ack(block));
            site.WaitUntilIdle();
            Assert.True(client.IsEmpty);
        }
    }

    [Fact]
    public void Lost_packets_are_sent_again()
    {
        using var site = new TftpSite("--timeout", "20");
        string content = Encoding.Latin1.GetString(site.Add("file", 1000));
        using TftpClient client = site.Client();
        client.Read("file");
        for (int copy = 0; copy < 3; copy++)
            client.Expect(Data(1, content[..512]));
        client.Send(Ack(1));
        string packet;
        while ((packet = client.Receive()) == Data(1, content[..512]))
            continue;
        Assert.Equal(Data(2, content[512..]), packet);
        client.Expect(Data(2, content[512..])).Send(Ack(2));
        site.WaitUntilIdle();
    }

    [Fact]
    public void Repeated_ack_does_not_repeat_data()
    {
        using var site = new TftpSite();
        string content = Encoding.Latin1.GetString(site.Add("file", 1500));
        using TftpClient client = site.Client();
        client.Read("file").Expect(Data(1, content[..512]));
        client.Send(Ack(1)).Send(Ack(1)).Send(Ack(0)).Send(Ack(3)).Expect(Data(2, content[512..1024]));
        client.Send(Ack(2)).Send(Ack(1)).Send(Ack(2)).Expect(Data(3, content[1024..])).Send(Ack(3));
        site.WaitUntilIdle();
        Assert.True(client.IsEmpty);
    }

    [Fact]
    public void Client_that_vanishes_gets_five_packets_and_an_error()
    {
        using var site = new TftpSite("--timeout", "10");
        site.Add("file", 3);
        using TftpClient client = site.Client();
        string data = client.Read("file").Receive();
        for (int copy = 2; copy <= 5; copy++)
            client.Expect(data);
        Assert.Equal("The transfer has timed out", client.ExpectError(0));
        site.WaitUntilIdle();
        Assert.True(client.IsEmpty);
    }

    [Fact]
    public void Stranger_is_refused_and_transfer_continues()
    {
        using var site = new TftpSite();
        string content = Encoding.Latin1.GetString(site.Add("file", 600));
        using TftpClient client = site.Client();
        client.Read("file").Expect(Data(1, content[..512]));
        using var stranger = new UdpWire();
        stranger.SendTo(client.Transfer, Error(0) + "\0").SendTo(client.Transfer, Ack(1)).SendTo(client.Transfer, "x");
        for (int refused = 0; refused < 2; refused++)
        {
            Assert.StartsWith(Error(5), stranger.Receive(out SockAddr from));
            Assert.Equal(client.Transfer, from);
        }
        client.Send(Ack(1)).Expect(Data(2, content[512..])).Send(Ack(2));
        site.WaitUntilIdle();
        Assert.True(stranger.IsEmpty);
    }

    [Fact]
    public void Repeated_request_is_ignored_until_client_answers()
    {
        using var site = new TftpSite();
        site.Add("file", 600);
        using TftpClient client = site.Client();
        using TftpClient other = site.Client();
        string data = client.Read("file").Read("file").Receive();
        SockAddr transfer = client.Transfer;
        other.Read("file").Expect(data); // the server has seen the repeated request by now
        Assert.Equal(2, site.Transfers);
        client.Send(Ack(1)).Receive();
        Assert.Equal(transfer, client.Transfer);

        // A client that has answered knows the transfer, so its next request is a new one.
        client.Read("file").Expect(data);
        Assert.NotEqual(transfer, client.Transfer);
        Assert.Equal(3, site.Transfers);
    }

    [Fact]
    public void Error_of_client_ends_transfer_silently()
    {
        using var site = new TftpSite();
        site.Add("file", 600);
        using TftpClient client = site.Client();
        client.Read("file").Receive();
        client.Send(Error(0) + "enough\0");
        site.WaitUntilIdle();
        Assert.True(client.IsEmpty);
    }

    [Fact]
    public void Other_packets_end_transfer_with_error()
    {
        using var site = new TftpSite();
        site.Add("file", 600);
        foreach (string packet in (string[])[Data(1, "x"), Request(1, "file", "octet"), OptionAck("tsize", "0"), "\0\u0009ab"])
        {
            using TftpClient client = site.Client();
            client.Read("file").Receive();
            client.Send("").Send("\0\x04").Send(packet); // the short ones are ignored
            client.ExpectError(4);
            site.WaitUntilIdle();
        }
    }

    [Fact]
    public void Other_files_are_refused()
    {
        using var site = new TftpSite();
        site.Add("file", 1);
        site.Add("private", 1);
        using (Peer shell = Peer.Start("sh", "-c", """chmod 400 "$0" && mkfifo --mode=644 "$1" """, site["private"], site["fifo"]))
            Assert.Equal(0, shell.WaitForExit());
        using TftpClient client = site.Client();
        foreach (string name in (string[])["missing", "sub/missing", "file/x", "not\u00ffutf8"])
            client.Read(name).ExpectError(1);
        string[] forbidden =
            ["sub", ".", "../secret", "sub/../../secret", "/etc/passwd", "out", "up/secret", "private", "fifo"];
        foreach (string name in forbidden)
            client.Read(name).ExpectError(2);
        Assert.NotEqual(site.Address, client.Transfer);
    }

    [Fact]
    public void Link_inside_directory_is_followed()
    {
        using var site = new TftpSite();
        byte[] content = site.Add("sub/file", 10);
        File.CreateSymbolicLink(site["link"], "sub/file");
        using TftpClient client = site.Client();
        Assert.Equal(content, client.Download("link"));
        Assert.Equal(content, client.Download("sub/../link"));
    }

    [Fact]
    public void Malformed_requests_are_refused_and_errors_not_answered()
    {
        using var site = new TftpSite();
        string[] malformed =
        [
            "", "\0", "\0\x01", "\0\x01name", "\0\x01name\0", "\0\x01name\0octet", "\0\x01\0octet\0", "\0\x01name\0unknown\0",
            "\0\x01name\0mail\0", "\0\x01name\0octet\0blksize\0", "\0\x01name\0octet\0blksize\0" + "1024", "\0\0name\0octet\0",
            "\0\x07name\0octet\0", Data(1, "x"), Ack(0), OptionAck("tsize", "0"), Request(1, new string('x', 5000), "octet"),
        ];
        using TftpClient client = site.Client();
        client.SendToServer(Error(4) + "\0");
        foreach (string datagram in malformed)
            client.SendToServer(datagram).ExpectError(4);
        site.WaitUntilIdle();
        Assert.True(client.IsEmpty);
        Assert.Equal(new Outcome(0, "", ""), site.Server.Kill(SIGTERM).Finish());
    }

    [Fact]
    public void Netascii_converts_lines_and_mode_ignores_case()
    {
        using var site = new TftpSite();
        site.Add("text", 0);
        File.WriteAllText(site["text"], new string('x', 511) + "\na\rb\r\n");
        using TftpClient client = site.Client();
        client.SendToServer(Request(1, "text", "NetASCII", "tsize", "0")).Expect(Data(1, new string('x', 511) + "\r"));
        client.Send(Ack(1)).Expect(Data(2, "\na\r\0b\r\0\r\n")).Send(Ack(2));
        site.WaitUntilIdle();
    }
}
