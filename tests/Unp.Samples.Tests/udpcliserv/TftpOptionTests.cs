using System.Text;
using static Unp.Samples.Tests.udpcliserv.TftpClient;

namespace Unp.Samples.Tests.udpcliserv;

/// <summary>Tests of the options with a hand-made client.</summary>
public class TftpOptionTests
{
    [Fact]
    public void Accepted_options_are_acknowledged()
    {
        using var site = new TftpSite();
        site.Add("file", 1000);
        (string Requested, string Acknowledged)[] options =
        [
            ("blksize 8", "blksize 8"),
            ("BlkSize 65464", "blksize 65464"),
            ("blksize 65465", "blksize 65464"),
            ("blksize 9999999999", "blksize 65464"),
            ("tsize 0", "tsize 1000"),
            ("timeout 255", "timeout 255"),
            ("windowsize 16", "windowsize 16"),
            ("windowsize 65535", "windowsize 256"),
            ("windowsize 64 blksize 65464", "windowsize 2 blksize 65464"),
            ("unknown x blksize 1024 blksize 600 tsize 0", "blksize 1024 tsize 1000"),
        ];
        foreach ((string requested, string acknowledged) in options)
        {
            using TftpClient client = site.Client();
            client.Read("file", requested.Split(' ')).Expect(OptionAck(acknowledged.Split(' '))).Send(Ack(0));
            Assert.StartsWith(Data(1, ""), client.Receive());
        }
    }

    [Fact]
    public void Other_options_are_ignored()
    {
        using var site = new TftpSite("--write");
        string content = Encoding.Latin1.GetString(site.Add("file", 1000));
        site.Add("empty", 0);
        string[] ignored =
        [
            "blksize 7", "blksize -1", "blksize 99999999999999999999", "blksize 1024x", "timeout 0", "timeout 256",
            "windowsize 0", "windowsize 65536", "unknown 1",
        ];
        foreach (string option in ignored)
        {
            using TftpClient client = site.Client();
            client.Read("file", option.Split(' ')).Expect(Data(1, content[..512]));
            client.Write("new", option.Split(' ')).Expect(Ack(0));
        }
        using TftpClient reader = site.Client();
        reader.Read("empty", "tsize", "0").Expect(Data(1, ""));
    }

    [Fact]
    public void Write_request_gets_its_own_size_back()
    {
        using var site = new TftpSite("--write");
        using TftpClient client = site.Client();
        client.Write("new", "tsize", "12", "blksize", "8").Expect(OptionAck("tsize", "12", "blksize", "8"));
        client.Send(Data(1, "12345678")).Expect(Ack(1)).Send(Data(2, "9012")).Expect(Ack(2));
        Assert.Equal("123456789012", File.ReadAllText(site["new"]));
    }

    [Fact]
    public void Option_acknowledgement_is_repeated_for_both_requests()
    {
        using var site = new TftpSite("--write", "--timeout", "20");
        site.Add("file", 9);
        using TftpClient reader = site.Client();
        using TftpClient writer = site.Client();
        string[] options = ["blksize", "512"];
        reader.Read("file", options).Expect(OptionAck(options)).Expect(OptionAck(options));
        writer.Write("new", options).Expect(OptionAck(options)).Expect(OptionAck(options));
    }

    [Fact]
    public void Client_that_refuses_options_ends_transfer()
    {
        using var site = new TftpSite("--write");
        site.Add("file", 9);
        using TftpClient client = site.Client();
        client.Read("file", "blksize", "512").Receive();
        client.Send(Error(8) + "\0");
        site.WaitUntilIdle();
        client.Write("new", "blksize", "512").Receive();
        client.Send(Error(8) + "\0");
        site.WaitUntilIdle();
        Assert.Equal(["file"], site.Files);
    }

    [Fact]
    public void Timeout_option_replaces_interval_of_server()
    {
        using var site = new TftpSite();
        site.Add("file", 9);
        using TftpClient client = site.Client();
        client.Read("file", "timeout", "1").Expect(OptionAck("timeout", "1")).Expect(OptionAck("timeout", "1"));
    }

    [Fact]
    public void Window_is_sent_at_once_and_moves_to_acknowledged_block()
    {
        using var site = new TftpSite();
        string content = Encoding.Latin1.GetString(site.Add("file", 70));
        using TftpClient client = site.Client();
        client.Read("file", "blksize", "8", "windowsize", "4").Receive();
        client.Send(Ack(0));
        Expect(1, 4);
        client.Send(Ack(2)); // block 3 was lost
        Expect(3, 6);
        client.Send(Ack(2)); // so was block 3 again, but only one copy of an ACK is answered
        Expect(3, 6);
        client.Send(Ack(2)).Send(Ack(6));
        Expect(7, 9);
        client.Send(Ack(6)).Send(Ack(9)); // ignored, because the window before was sent twice
        site.WaitUntilIdle();
        Assert.True(client.IsEmpty);

        void Expect(int first, int last)
        {
            for (int block = first; block <= last; block++)
                client.Expect(Data(block, content[((block - 1) * 8)..Math.Min(70, block * 8)]));
        }
    }

    [Fact]
    public void Gap_in_received_window_is_reported_once()
    {
        using var site = new TftpSite("--write");
        using TftpClient client = site.Client();
        client.Write("new", "windowsize", "4").Expect(OptionAck("windowsize", "4"));
        string[] blocks = [.. Enumerable.Range(0, 7).Select(block => new string((char)('0' + block), block < 6 ? 512 : 1))];
        client.Send(Data(1, blocks[1])).Send(Data(3, blocks[3])).Send(Data(4, blocks[4])).Expect(Ack(1));
        for (int block = 2; block <= 5; block++)
            client.Send(Data(block, blocks[block]));
        client.Expect(Ack(5)).Send(Data(3, blocks[3])).Send(Data(5, blocks[5])).Expect(Ack(5));
        client.Send(Data(6, blocks[6])).Expect(Ack(6));
        Assert.Equal(string.Concat(blocks[1..]), File.ReadAllText(site["new"]));
        Assert.True(client.IsEmpty);
    }
}
