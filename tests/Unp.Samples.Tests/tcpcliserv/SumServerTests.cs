using System.Globalization;

namespace Unp.Samples.Tests.tcpcliserv;

public class SumServerTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Tcpserv08_answers_line_with_sum_or_input_error(string address)
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv08", address, out SockAddr listening);
        using Wire client = Wire.Connect(listening);
        void Check(string line, string answer) => Assert.Equal(answer, client.Send(line).ReceiveOnce());

        Check("1 2\n", "3\n");
        Check("-5 3\n", "-2\n");
        Check(" \t 40\t\t+2 \r\n", "42\n");
        Check("1 2 3 4\n", "3\n");
        Check("1\n", "input error\n");
        Check("\n", "input error\n");
        Check("one two\n", "input error\n");
        Check("0x10 1\n", "input error\n");
        Check("9223372036854775807 0\n", "9223372036854775807\n");
        Check("9223372036854775807 1\n", "-9223372036854775808\n");
        Check("99999999999999999999 0\n", "9223372036854775807\n");
        Check("-99999999999999999999 -1\n", "9223372036854775807\n");

        // The pieces differ from the lines: two lines in one piece, one line in two, and an incomplete line.
        Assert.Equal("3\n7\n", client.Send("1 2\n3 4\n").Receive(4));
        Assert.Equal("30\n", client.Send("10 ").Send("20\n").Receive(3));
        Assert.Equal("11\n", client.Send("5 6").EndSending().ReceiveToEnd());
        Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());
    }

    [Fact]
    public void Tcpcli08_prints_sums()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv08", "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli08", "127.0.0.1", "--port", $"{listening.Port}");
        client.Type("1 2\n-1 -2\nwhat?\n\n2147483647 2147483647\n");
        Assert.Equal(new Outcome(0, "3\n-3\ninput error\ninput error\n4294967294\n", ""), client.Finish());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void Tcpserv09_answers_16_bytes_with_8(string address)
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv09", address, out SockAddr listening);
        using Wire client = Wire.Connect(listening);

        // As the C original on x86-64: little-endian.
        Assert.Equal("\x03\0\0\0\0\0\0\0", client.Send("\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0").Receive(8));
        Assert.Equal("\xfe\xff\xff\xff\xff\xff\xff\xff", client.Send("\xfb\xff\xff\xff\xff\xff\xff\xff\x03\0\0\0\0\0\0\0").Receive(8));

        byte[] question = Question(long.MaxValue, 1);
        Assert.Equal(long.MinValue, Answer(client.Send(question).ReceiveBytes(8)));
        Assert.Equal(0x0807060504030201 + 10, Answer(client.Send(Question(0x0807060504030201, 10)).ReceiveBytes(8)));

        // In pieces, and several requests at once.
        client.Send(question[..1]).Send(question[1..9]).Send(question[9..]);
        Assert.Equal(long.MinValue, Answer(client.ReceiveBytes(8)));
        byte[] both = client.Send([.. Question(1, 1), .. Question(-1, -1)]).ReceiveBytes(16);
        Assert.Equal((2, -2), (Answer(both[..8]), Answer(both[8..])));
        Assert.Equal("", client.EndSending().ReceiveToEnd());
        Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());
    }

    [Fact]
    public void Tcpserv09_ignores_incomplete_request_and_continues()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv09", "127.0.0.1", out SockAddr listening);
        using (Wire client = Wire.Connect(listening))
        {
            Assert.Equal("", client.Send(Question(1, 2)[..15]).EndSending().ReceiveToEnd());
        }
        Assert.Matches("^child [1-9][0-9]* terminated$", serving.ReadLine());

        using Wire next = Wire.Connect(listening);
        Assert.Equal(3, Answer(next.Send(Question(1, 2)).ReceiveBytes(8)));
    }

    [Fact]
    public void Tcpcli09_sends_16_bytes_and_prints_8_byte_answer()
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli09", "127.0.0.1", "--port", listener.Port).Type("1 -2\n");
        using Wire server = listener.Accept();
        Assert.Equal(Question(1, -2), server.ReceiveBytes(16));
        byte[] answer = BitConverter.GetBytes(-1234567890123L);
        server.Send(answer[..3]).Send(answer[3..]);
        Assert.Equal("-1234567890123", client.ReadLine());

        // Invalid input is not sent but printed unchanged.
        client.Type("invalid\n\n7\n\xff\xfe\n3 4\n");
        Assert.Equal("invalid input: invalid", client.ReadLine());
        Assert.Equal("invalid input: ", client.ReadLine());
        Assert.Equal("invalid input: 7", client.ReadLine());
        Assert.Equal("invalid input: \xff\xfe", client.ReadLine());
        Assert.Equal(Question(3, 4), server.ReceiveBytes(16));
        server.Send(BitConverter.GetBytes(7L));
        Assert.Equal(new Outcome(0, "7\n", ""), client.Finish());
        Assert.Equal("", server.ReceiveToEnd());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Tcpcli09_reports_server_that_ends_inside_answer(int size)
    {
        using var listener = new Wire.Listener();
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli09", "127.0.0.1", "--port", listener.Port).Type("1 2\n");
        using (Wire server = listener.Accept())
        {
            Assert.Equal(Question(1, 2), server.ReceiveBytes(16));
            server.Send(new byte[size]);
        }
        Assert.Equal(new Outcome(1, "", "str_cli: server terminated prematurely\n"), client.Finish());
    }

    [Fact]
    public void Tcpcli09_and_tcpserv09_interoperate()
    {
        using Peer serving = UnpProcess.StartServer("tcpcliserv/tcpserv09", "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start("tcpcliserv/tcpcli09", "127.0.0.1", "--port", $"{listening.Port}");
        string questions = string.Concat(
            Enumerable.Range(-50, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i} {i * i}\n")));
        string answers = string.Concat(
            Enumerable.Range(-50, 100).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i + i * i}\n")));
        Assert.Equal(new Outcome(0, answers, ""), client.Type(questions).Finish());
    }

    static byte[] Question(long arg1, long arg2) => [.. BitConverter.GetBytes(arg1), .. BitConverter.GetBytes(arg2)];

    static long Answer(byte[] bytes) => BitConverter.ToInt64(bytes);
}
