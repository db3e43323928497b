using System.Globalization;
using System.Text.RegularExpressions;
using Unp.Samples.advio;

namespace Unp.Samples.Tests.advio;

/// <summary>Tests of the output of <c>udpblast</c>, except its speed, which depends on the machine.</summary>
public class UdpBlastTests
{
    static readonly string[] Ways = ["send, recv", "sendmmsg, recvmmsg", "GSO, GRO", "both"];

    [Theory]
    [InlineData(8, 10_000, 32)]
    [InlineData(64, 5001, 100)]
    [InlineData(1400, 3000, 1024)]
    [InlineData(32_000, 301, 7)]
    public void Each_method_is_printed_with_its_counts(int size, int count, int batch)
    {
        Outcome outcome = UnpProcess.Run("udpblast", "--size", $"{size}", "--count", $"{count}", "--batch", $"{batch}");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Row[] rows = [.. Ways.Select(way => Row.Of(way, outcome.Output))];
        Assert.All(rows, row =>
        {
            Assert.Equal(count, row.Sent);
            Assert.Equal(count, row.Received + row.Lost);
            Assert.InRange(row.Received, 1, count);
        });

        Match footer = Regex.Match(
            outcome.Output,
            "\n([0-9]+) bytes per datagram, ([0-9]+) messages per batch, ([0-9]+) datagrams per message with GSO\n"
            + "receive buffer of [0-9]+ bytes, at most ([0-9]+) datagrams in flight\n$");
        int[] numbers = [.. footer.Groups.Values.Skip(1).Select(number => int.Parse(number.Value, CultureInfo.InvariantCulture))];
        Assert.Equal((size, batch), (numbers[0], numbers[1]));
        (int segments, int window) = (numbers[2], numbers[3]);
        Assert.InRange(segments, 2, Math.Min(65_507 / size, 128));

        Assert.Equal(count, rows[0].SendCalls);
        Assert.Equal(Calls(Math.Min(batch, window)), rows[1].SendCalls);
        Assert.Equal(Calls(segments), rows[2].SendCalls);
        Assert.Equal(Calls(Math.Min(batch * segments, window)), rows[3].SendCalls);

        // The single-message receivers make one call per message, plus one for each wait that timed out.
        Assert.InRange(rows[0].ReceiveCalls, rows[0].Received, rows[0].Received + 50);
        Assert.InRange(rows[2].ReceiveCalls, Calls(segments), Calls(segments) + 50);
        Assert.InRange(rows[1].ReceiveCalls, 1, rows[1].Received + 50);
        Assert.InRange(rows[3].ReceiveCalls, 1, Calls(segments) + Calls(Math.Min(batch * segments, window)) + 50);

        int Calls(int most) => (count + most - 1) / most;
    }

    [Fact]
    public void Printed_system_calls_match_strace()
    {
        using var temp = new TempDirectory();
        string log = temp["log"];
        using Peer blast = Traced.Start(
            log, ["trace=sendto,sendmmsg,recvfrom,recvmsg,recvmmsg"], "udpblast", "--count", "500", "--batch", "10");
        Outcome outcome = blast.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Row[] rows = [.. Ways.Select(way => Row.Of(way, outcome.Output))];
        string seen = File.ReadAllText(log);

        // One or two more calls find out how many segments the kernel accepts.
        Assert.InRange(Count("sendto") - rows[0].SendCalls - rows[2].SendCalls, 1, 2);
        Assert.Equal(rows[0].ReceiveCalls, Count("recvfrom"));
        Assert.Equal(rows[1].SendCalls + rows[3].SendCalls, Count("sendmmsg"));
        Assert.Equal(rows[1].ReceiveCalls + rows[3].ReceiveCalls, Count("recvmmsg"));
        Assert.Equal(rows[2].ReceiveCalls, Count("recvmsg"));

        int Count(string call) => Regex.Count(seen, $" {call}\\(");
    }

    [Theory]
    [InlineData("20..29", 8, 10)]
    [InlineData("190..201", 8, 12)] // the last datagrams, because the first sendto is a probe
    [InlineData("20..139", 32_000, 120)] // more than the sender is ever ahead of the receiver
    public void Lost_datagrams_are_counted_without_long_wait(string which, int size, int lost)
    {
        using var temp = new TempDirectory();
        using Peer blast = Traced.Start(
            temp["log"], ["trace=sendto", $"inject=sendto:retval={size}:when={which}"], "udpblast", "--size", $"{size}", "--count", "200");
        Outcome outcome = blast.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Row single = Row.Of(Ways[0], outcome.Output);
        Assert.Equal((200, 200 - lost, lost), (single.Sent, single.Received, single.Lost));
    }

    [Fact]
    public void Size_too_large_for_two_per_send_has_no_segments()
    {
        Outcome outcome = UnpProcess.Run("udpblast", "--size", "32754", "--count", "50");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.All(Ways[..2], way => Assert.Equal(50, Row.Of(way, outcome.Output).Sent));
        Assert.All(Ways[2..], way => Assert.Contains(
            $"\n{way,-20}not available: two datagrams of 32754 bytes do not fit into one send of 65507 bytes\n",
            outcome.Output, StringComparison.Ordinal));
        Assert.Equal(0, UnpProcess.Run("udpblast", "--size", "65507", "--count", "5").Status);
    }

    [Fact]
    public void Refusal_by_kernel_is_reported_and_other_methods_are_measured()
    {
        using var temp = new TempDirectory();
        using Peer blast = Traced.Start(
            temp["log"], ["trace=setsockopt", "inject=setsockopt:error=ENOPROTOOPT:when=1"], "udpblast", "--count", "50");
        Outcome outcome = blast.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.All(Ways[..2], way => Assert.Equal(50, Row.Of(way, outcome.Output).Sent));
        Assert.All(Ways[2..], way => Assert.Matches(
            $"\n{way} +not available: UDP_SEGMENT, UDP_GRO: setsockopt error: Protocol not available", outcome.Output));
    }

    [Theory]
    [InlineData("--size", "7", "the size of a datagram must be between 8 and 65507 bytes")]
    [InlineData("--size", "65508", "the size of a datagram must be between 8 and 65507 bytes")]
    [InlineData("--size", "many", "the size of a datagram must be between 8 and 65507 bytes")]
    [InlineData("--count", "0", "the number of datagrams must be between 1 and 2147483647")]
    [InlineData("--count", "2147483648", "the number of datagrams must be between 1 and 2147483647")]
    [InlineData("--seconds", "0", "the time must be between 1 and 3600 seconds")]
    [InlineData("--seconds", "1.5", "the time must be between 1 and 3600 seconds")]
    [InlineData("--batch", "1025", "the number of messages must be between 2 and 1024")]
    [InlineData("--batch", "1", "the number of messages must be between 2 and 1024")]
    public void Invalid_number_is_named(string option, string value, string range)
    {
        Outcome outcome = UnpProcess.Run("udpblast", option, value);
        Assert.Equal(new Outcome(1, "", $"{option} {value}: {range}"), outcome with { Error = outcome.Error.TrimEnd() });
    }

    [Fact]
    public void Other_arguments_are_refused()
    {
        Assert.Equal(new Outcome(1, "", "usage: udpblast\n"), UnpProcess.Run("udpblast", "127.0.0.1"));
        Assert.Equal(
            new Outcome(1, "", "--count 5 and --seconds 2 exclude each other\n"),
            UnpProcess.Run("udpblast", "--seconds", "2", "--count", "5"));
    }

    [Fact]
    public void SIGINT_ends_program_with_results_so_far()
    {
        using Peer blast = UnpProcess.Start("udpblast", "--seconds", "1");
        string table = $"{blast.ReadLine()}\n{blast.ReadLine()}\n";
        Outcome outcome = blast.Kill(SIGINT).Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Row single = Row.Of(Ways[0], table);
        Assert.Equal(single.Sent, single.SendCalls);
        Assert.Contains("64 bytes per datagram", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("both", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stopped_method_reports_partial_results()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        BlastResult result = Blast.Run(64, 1, 1, long.MaxValue, null, stop.Token);
        Assert.InRange(result.Sent, 1, long.MaxValue);
        Assert.InRange(result.Received, 1, result.Sent);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 1)]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    public void Send_and_receive_allocate_nothing(int messages, int segments)
    {
        using Fd sending = Blast.Bound();
        using Fd receiving = Blast.Bound();
        Connect(sending, Getsockname(receiving));
        Setsockopt(receiving, SocketOptions.RcvTimeo, Limit.Default);
        if (segments > 1)
        {
            Setsockopt(sending, SocketOptions.UdpSegment, 64);
            Setsockopt(receiving, SocketOptions.UdpGro, true);
        }
        BlastSender sender = messages == 1 ? new SingleSender(sending, 64, segments) : new BatchSender(sending, 64, messages, segments);
        BlastReceiver receiver =
            messages == 1 ? new SingleReceiver(receiving, 64, segments) : new BatchReceiver(receiving, 64, messages, segments);
        long next = 0;
        Exchange(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(200);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal((next, next, 0), (receiver.Received, receiver.Next, receiver.OutOfOrder));

        void Exchange(int times)
        {
            for (int i = 0; i < times; i++)
            {
                sender.Send(next, sender.MaxCount);
                next += sender.MaxCount;
                while (receiver.Received < next)
                    receiver.Receive();
            }
        }
    }

    [Fact]
    public void Datagram_of_wrong_length_is_error()
    {
        using Fd sending = Blast.Bound();
        using Fd receiving = Blast.Bound();
        Connect(sending, Getsockname(receiving));
        Setsockopt(receiving, SocketOptions.RcvTimeo, Limit.Default);
        foreach (int length in (int[])[0, 63, 65])
        {
            Send(sending, new byte[length]);
            Assert.Throws<FormatException>(() => new SingleReceiver(receiving, 64, 1).Receive());
            Send(sending, new byte[length]);
            Assert.Throws<FormatException>(() => new BatchReceiver(receiving, 64, 4, 8).Receive());
        }
    }

    /// <summary>A row of the printed table.</summary>
    sealed record Row(long Sent, long Received, long Lost, double SendsEach, double ReceivesEach)
    {
        public long SendCalls => (long)Math.Round(SendsEach * Sent);

        public long ReceiveCalls => (long)Math.Round(ReceivesEach * Received);

        public static Row Of(string way, string output)
        {
            Match line = Regex.Match(
                output,
                $"^{way} +([0-9]+) +([0-9]+) +([0-9]+) +[0-9]+ +[0-9.]+ x +([0-9]+\\.[0-9]{{4}}) +([0-9]+\\.[0-9]{{4}})$",
                RegexOptions.Multiline);
            Assert.True(line.Success, $"{way} is not in:\n{output}");
            double[] numbers = [.. line.Groups.Values.Skip(1).Select(number => double.Parse(number.Value, CultureInfo.InvariantCulture))];
            return new Row((long)numbers[0], (long)numbers[1], (long)numbers[2], numbers[3], numbers[4]);
        }
    }
}
