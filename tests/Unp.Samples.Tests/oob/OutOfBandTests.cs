namespace Unp.Samples.Tests.oob;

/// <summary>Tests of the senders and receivers of chapter 24. The programs pause for seconds, so the slow pairs run concurrently.</summary>
public class OutOfBandTests
{
    const string ByTurns = """
        wrote 3 bytes of normal data
        wrote 1 byte of OOB data
        wrote 2 bytes of normal data
        wrote 1 byte of OOB data
        wrote 2 bytes of normal data

        """;

    [Fact]
    public void Each_receiver_gets_each_senders_data_in_turn()
    {
        using var first = new Pair("tcpsend01", "tcprecv01");
        using var second = new Pair("tcpsend02", "tcprecv02");
        using var third = new Pair("tcpsend03", "tcprecv03");
        using var withPoll = new Pair("tcpsend01", "tcprecv03p");
        const string Selected =
            "read 3 bytes: 123\nread 1 OOB byte: 4\nread 2 bytes: 56\nread 1 OOB byte: 7\nread 2 bytes: 89\nreceived EOF\n";
        first.Print(ByTurns, Selected.Replace("read 1 OOB", "SIGURG received\nread 1 OOB", StringComparison.Ordinal));
        second.Print(ByTurns, Selected);
        third.Print(ByTurns, Selected);
        withPoll.Print(
            ByTurns, OperatingSystem.IsLinux() ? "read 3 bytes: 123\nread 2 bytes: 56\nread 2 bytes: 89\nreceived EOF\n" : Selected);
    }

    [Fact]
    public void Sockatmark_finds_single_mark()
    {
        using var one = new Pair("tcpsend04", "tcprecv04", receivesLater: true);
        using var two = new Pair("tcpsend06", "tcprecv06", receivesLater: true);
        one.Print(
            "wrote 3 bytes of normal data\nwrote 1 byte of OOB data\nwrote 1 byte of normal data\n",
            "read 3 bytes: 123\nat OOB mark\nread 2 bytes: 45\nreceived EOF\n");
        two.Print(
            """
            wrote 3 bytes of normal data
            wrote 1 byte of OOB data
            wrote 1 byte of normal data
            wrote 1 byte of OOB data
            wrote 1 byte of normal data

            """,
            "read 5 bytes: 12345\nat OOB mark\nread 2 bytes: 67\nreceived EOF\n");
    }

    [Fact]
    public void SIGURG_arrives_even_without_room_for_its_byte()
    {
        // Linux sends the urgent pointer with a probe of the closed window, one or two seconds after the byte.
        using var pair = new Pair("tcpsend05", "tcprecv05");
        pair.Sends("wrote 16384 bytes of normal data\nwrote 1 byte of OOB data\nwrote 1024 bytes of normal data\n");
        pair.Receives(new Outcome(1, "SIGURG received\n", "recv error: Resource temporarily unavailable\n"));
    }

    [Theory]
    [InlineData("tcpsend04", '4', "1235")]
    [InlineData("tcpsend06", '6', "123457")]
    public void Only_last_byte_is_out_of_band(string program, char urgent, string data)
    {
        using var listener = new Wire.Listener();
        using Peer sender = UnpProcess.Start($"oob/{program}", "127.0.0.1", listener.Port);
        using Wire receiver = listener.Accept();
        Assert.Equal((0, ""), (sender.WaitForExit(), sender.ReadErrorToEnd()));
        Assert.Equal(urgent, receiver.ReceiveUrgent());
        Assert.Equal(data, receiver.ReceiveToEnd());
    }

    [Theory]
    [InlineData("tcprecv01", true)]
    [InlineData("tcprecv02", false)]
    [InlineData("tcprecv03", false)]
    public void Each_byte_is_printed_as_normal_or_out_of_band(string program, bool printsSignal)
    {
        using Peer receiver = UnpProcess.StartServer([$"oob/{program}", "127.0.0.1", "0"], out SockAddr listening);
        using (Wire sender = Wire.Connect(listening))
        {
            for (char c = 'a'; c <= 'z'; c++)
            {
                sender.SendUrgent($"{c}");
                if (printsSignal)
                    Assert.Equal("SIGURG received", receiver.ReadLine());
                Assert.Equal($"read 1 OOB byte: {c}", receiver.ReadLine());
                sender.Send($"<{c}>");
                Assert.Equal($"read 3 bytes: <{c}>", receiver.ReadLine());
            }
        }
        Assert.Equal(new Outcome(0, "received EOF\n", ""), receiver.Finish());
    }

    [Fact]
    public void Tcprecv01_misses_no_byte_amid_continuous_data()
    {
        using Peer receiver = UnpProcess.StartServer(["oob/tcprecv01", "127.0.0.1", "0"], out SockAddr listening);
        using (Wire sender = Wire.Connect(listening))
        {
            for (char c = 'a'; c <= 'z'; c++)
            {
                sender.Send("1").SendUrgent($"{c}").Send("2").Send("3");
                Assert.Equal(c, Urgent(receiver, data: 3));
            }
        }
        Assert.Equal(new Outcome(0, "received EOF\n", ""), receiver.Finish());
    }

    /// <summary>The out-of-band byte that a receiver prints before, among or after <paramref name="data"/> bytes of data.</summary>
    static char Urgent(Peer receiver, int data)
    {
        char urgent = '\0';
        while (data > 0 || urgent == '\0')
        {
            string line = receiver.ReadLine()!;
            if (line == "SIGURG received")
                urgent = receiver.ReadLine()!["read 1 OOB byte: ".Length];
            else
                data -= int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        }
        Assert.Equal(0, data);
        return urgent;
    }

    [Fact]
    public void Receiver_without_host_accepts_on_every_address()
    {
        using Peer receiver = UnpProcess.StartServer(["oob/tcprecv02", "0"], out SockAddr listening);
        using (Wire sender = Wire.Connect(SockAddr.Inet("127.0.0.1", listening.Port)))
            sender.Send("data");
        Assert.Equal(new Outcome(0, "read 4 bytes: data\nreceived EOF\n", ""), receiver.Finish());
    }

    [Fact]
    public void Wrong_arguments_print_usage()
    {
        IEnumerable<BookProgram> programs =
            Catalog.Programs.Where(program => program.Folder == "oob" && program.Usage.Contains("port#", StringComparison.Ordinal));
        Assert.All(programs, program =>
        {
            string usage = program.Usage.Replace("[<host>]", "[ <host> ]", StringComparison.Ordinal);
            var refusal = new Outcome(1, "", $"usage: {program.Name} {usage}\n");
            Assert.Equal(refusal, UnpProcess.Run(program.Path));
            Assert.Equal(refusal, UnpProcess.Run(program.Path, "127.0.0.1", "0", "more"));
        });
    }

    /// <summary>A receiver, and a sender connected to it.</summary>
    sealed class Pair : IDisposable
    {
        readonly Peer receiver;
        readonly Peer sender;

        /// <param name="sending">The sender.</param>
        /// <param name="receiving">The receiver.</param>
        /// <param name="receivesLater">Whether the receiver accepts only after everything was sent.</param>
        public Pair(string sending, string receiving, bool receivesLater = false)
        {
            receiver = UnpProcess.StartServer([$"oob/{receiving}", "127.0.0.1", "0"], out SockAddr listening);
            if (receivesLater)
                receiver.Stop();
            sender = UnpProcess.Start($"oob/{sending}", "127.0.0.1", $"{listening.Port}");
            if (!receivesLater)
                return;
            sender.WaitForExit();
            receiver.Kill(SIGCONT);
        }

        public void Print(string sent, string received)
        {
            Sends(sent);
            Receives(new Outcome(0, received, ""));
        }

        public void Sends(string sent) => Assert.Equal(new Outcome(0, sent, ""), sender.Finish());

        public void Receives(Outcome outcome) => Assert.Equal(outcome, receiver.Finish());

        public void Dispose()
        {
            sender.Dispose();
            receiver.Dispose();
        }
    }
}
