using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Unp.Net.Tests.Daemons;

/// <summary>Tests what arrives on the socket of a syslogd, and when.</summary>
public sealed class SyslogTests : IDisposable
{
    readonly TempDirectory directory = new();

    string Path => directory["log"];

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Line_equals_line_of_C_library()
    {
        using var log = new LogSocket(Path);
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me", Option = LOG_PID, Facility = LOG_DAEMON });
        DateTime before = DateTime.Now;
        sender.Send(LOG_ERR, "100 % grün\n");
        Match line = Regex.Match(log.Receive(), "^<27>(... [ 0-9]{2} ..:..:..) me\\[([0-9]+)\\]: 100 % grün$");
        Assert.True(line.Success);
        Assert.Equal($"{Environment.ProcessId}", line.Groups[2].Value);
        var time = DateTime.ParseExact(line.Groups[1].Value, ["MMM dd HH:mm:ss", "MMM  d HH:mm:ss"], CultureInfo.InvariantCulture);
        Assert.InRange(time, before.AddSeconds(-1), DateTime.Now);
    }

    [Theory]
    [InlineData("XYZ-11")]
    [InlineData("<+0530>-5:30")]
    public void Line_has_local_time_of_POSIX_zone(string zone)
    {
        using var log = new LogSocket(Path);
        var environment = new Dictionary<string, string> { ["TZ"] = zone, ["LC_ALL"] = "C" };
        string before = Date(environment);
        using Peer program = ChildProcess.Start("syslog", environment, Path);
        Assert.Equal(0, program.Finish().Status);
        string time = log.Receive()[4..19]; // after <14>
        Assert.InRange(Seconds(time) - Seconds(before), 0, Limit.Default.TotalSeconds);

        static string Date(Dictionary<string, string> environment)
        {
            using Peer date = Peer.Start("date", environment, "+%b %e %H:%M:%S");
            return date.Finish().Output.TrimEnd('\n');
        }

        static double Seconds(string time)
        {
            var parsed = DateTime.ParseExact(time, ["MMM dd HH:mm:ss", "MMM  d HH:mm:ss"], CultureInfo.InvariantCulture);
            return (parsed - DateTime.UnixEpoch).TotalSeconds;
        }
    }

    [Fact]
    public void Line_of_RFC_5424_has_year_microseconds_and_host()
    {
        using var log = new LogSocket(Path);
        using var sender = new SyslogSender(new() { Path = Path, Ident = "two words", Option = LOG_PID, Format = SyslogFormat.Rfc5424 });
        sender.Send(LOG_LOCAL3 | LOG_DEBUG, "plain");
        sender.Send(LOG_INFO, "grün");
        string head = "[0-9]{4}-..-..T..:..:..\\.[0-9]{6}[+-]..:.. "
            + $"{Regex.Escape(Gethostname())} twowords {Environment.ProcessId} - - ";
        Assert.Matches($"^<159>1 {head}plain$", log.Receive());
        Assert.Matches($"^<14>1 {head}\uFEFFgrün$", log.Receive());
    }

    [Fact]
    public void Unknown_priorities_are_rejected()
    {
        using var sender = new SyslogSender(new() { Path = Path });
        var refused = Assert.Throws<ArgumentException>(() => sender.Send(0x1000 | LOG_ERR, "x"));
        Assert.StartsWith("4099 (0x1003) is not a valid priority of syslog.", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new SyslogSender(new() { Facility = LOG_DAEMON | LOG_ERR }).Dispose());
        Assert.Throws<ArgumentException>(() => new SyslogSender(new() { Option = 0x40 }).Dispose());
        Assert.Throws<ArgumentException>(() => new SyslogSender(new() { Ident = "a\0b" }).Dispose());
        Assert.Throws<ArgumentException>(() => new SyslogSender(new() { Path = new string('x', 200) }).Dispose());
    }

    [Theory]
    [InlineData(SyslogFormat.Rfc3164)]
    [InlineData(SyslogFormat.Rfc5424)]
    public void Ident_longer_than_maximum_is_rejected(SyslogFormat format)
    {
        string longest = new('é', SyslogOptions.MaxIdentLength / 2);
        var refused = Assert.Throws<ArgumentException>(
            () => new SyslogSender(new() { Path = Path, Ident = longest + "x", Format = format }).Dispose());
        Assert.Contains("has 101: éé", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Openlog(new string('x', 300_000)));
        using var log = new LogSocket(Path);
        using var sender = new SyslogSender(new() { Path = Path, Ident = longest, Option = LOG_PID, Format = format });
        sender.Send(LOG_INFO, new string('.', 8000));
        Assert.EndsWith(new string('.', 8000), log.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_message_is_split_into_lines_without_loss()
    {
        using var log = new LogSocket(Path);
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me" });
        string message = string.Concat(Enumerable.Range(0, 7000).Select(i => $"é{i}"));
        sender.Send(LOG_INFO, message);
        var received = new StringBuilder();
        while (received.Length < message.Length)
        {
            string line = log.ReceiveUndated();
            Assert.StartsWith("<14>me: ", line, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 9, 8192);
            received.Append(line["<14>me: ".Length..]);
        }
        Assert.Equal(message, received.ToString());
    }

    [Fact]
    public void Messages_arrive_in_order_after_syslogd_restarts()
    {
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me" });
        sender.Send(LOG_INFO, "1");
        using (var log = new LogSocket(Path))
        {
            sender.Send(LOG_INFO, "2");
            Assert.Equal(["<14>me: 1", "<14>me: 2"], [log.ReceiveUndated(), log.ReceiveUndated()]);
        }
        for (int i = 3; i < 103; i++)
            sender.Send(LOG_INFO, $"{i}");
        Assert.Equal(100, sender.QueuedCount);

        // The queue is sent without another call of Send.
        using var next = new LogSocket(Path);
        for (int i = 3; i < 103; i++)
            Assert.Equal($"<14>me: {i}", next.ReceiveUndated());
        sender.Send(LOG_INFO, "103");
        Assert.Equal("<14>me: 103", next.ReceiveUndated());
        Assert.Equal((0, 0), (sender.QueuedCount, sender.DroppedCount));
    }

    [Fact]
    public void Lack_of_descriptors_can_be_logged_without_descriptor()
    {
        using var log = new LogSocket(Path);
        using Peer program = Peer.Start(
            "sh", "-c", "ulimit -n 200; exec \"$0\" \"$@\"", ChildProcess.Executable, "syslog without a free descriptor", Path);
        Assert.Equal(("1 waits\nTrue\n", "", 0), (program.ReadToEnd(), program.ReadErrorToEnd(), program.WaitForExit()));
        Assert.Equal(["<11>me: EMFILE", "<11>me: there are some again"], [log.ReceiveUndated(), log.ReceiveUndated()]);
    }

    [Fact]
    public void Stuck_syslogd_blocks_no_sender_and_gets_all_later()
    {
        using var log = new LogSocket(Path);
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me" });
        const int Messages = 5000;
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < Messages; i++)
            sender.Send(LOG_INFO, $"{i}");
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.InRange(sender.QueuedCount, 1, Messages);
        for (int i = 0; i < Messages; i++)
            Assert.Equal($"<14>me: {i}", log.ReceiveUndated());
        Assert.True(log.IsEmpty);
    }

    [Fact]
    public void Dropped_messages_are_counted_in_their_place()
    {
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me", QueueSize = 100 });
        for (int i = 0; i < 10; i++)
            sender.Send(LOG_INFO, $"{i}");
        Assert.InRange(sender.QueuedCount, 2, 9);
        int kept = sender.QueuedCount;
        Assert.Equal(10 - kept, sender.DroppedCount);
        using var log = new LogSocket(Path);
        for (int i = 0; i < kept; i++)
            Assert.Equal($"<14>me: {i}", log.ReceiveUndated());
        Assert.Equal($"<12>me: {10 - kept} messages were dropped here: syslogd did not take more", log.ReceiveUndated());
        sender.Send(LOG_INFO, "after");
        Assert.Equal("<14>me: after", log.ReceiveUndated());
        Assert.Equal(10 - kept, sender.DroppedCount);
    }

    [Fact]
    public void Many_threads_can_send_at_once()
    {
        using var log = new LogSocket(Path);
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me" });
        Task[] threads = [.. Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
                sender.Send(LOG_INFO, $"{thread} {i}");
        }))];
        var received = new Dictionary<string, int>();
        for (int i = 0; i < 2000; i++)
        {
            string[] words = log.ReceiveUndated().Split(' ');
            received.TryGetValue(words[1], out int expected);
            Assert.Equal($"{expected}", words[2]);
            received[words[1]] = expected + 1;
        }
        Task.WhenAll(threads).Within();
        Assert.Equal([500, 500, 500, 500], received.Values);
    }

    [Fact]
    public void Stream_gets_lines_with_NUL_and_resends_interrupted_line()
    {
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me" });
        string text = new('x', 4000);
        using (Fd listenfd = UnixListen(Path))
        {
            sender.Send(LOG_INFO, "first");
            using Fd syslogd = Accept(listenfd);
            Assert.Equal("<14>me: first", ReceiveUndated(syslogd));
            int sent = 0;
            while (sender.QueuedCount == 0)
                sender.Send(LOG_INFO, $"{sent++} {text}");

            // This syslogd reads a part, so the sender must continue in the middle of a line.
            for (int i = 0; i < 10; i++)
                Assert.Equal($"<14>me: {i} {text}", ReceiveUndated(syslogd));
            Limit.Until(() => sender.QueuedCount == 0, "the rest sent");
            for (int i = 10; i < sent; i++)
                Assert.Equal($"<14>me: {i} {text}", ReceiveUndated(syslogd));
            while (sender.QueuedCount == 0)
                sender.Send(LOG_INFO, $"{sent++} {text}");
            Unlink(Path);
        }
        string begin = $"<14>me: ";
        using Fd again = UnixListen(Path);
        using Fd next = Accept(again);
        Assert.StartsWith(begin, ReceiveUndated(next), StringComparison.Ordinal);
        sender.Send(LOG_INFO, "last");
        Assert.Equal("<14>me: last", ReceiveUndated(next));
    }

    [Fact]
    public void Flush_waits_for_syslogd_up_to_timeout()
    {
        using var sender = new SyslogSender(new() { Path = Path, Ident = "me" });
        sender.Send(LOG_INFO, "said");
        Assert.False(sender.Flush(TimeSpan.Zero));
        Assert.False(sender.Flush(TimeSpan.FromMilliseconds(120)));
        Task<bool> flushing = Task.Run(() => sender.Flush(Limit.Default));
        using var log = new LogSocket(Path);
        Assert.True(flushing.Within());
        Assert.Equal("<14>me: said", log.ReceiveUndated());
        sender.Dispose();
        Assert.Throws<ObjectDisposedException>(() => sender.Send(LOG_INFO, "x"));
        Assert.Throws<ObjectDisposedException>(() => sender.Flush(TimeSpan.Zero));
    }

    [Fact]
    public void Syslog_uses_Openlog_options_and_mask()
    {
        using var log = new LogSocket(Path);
        Openlog(new SyslogOptions { Path = directory["other"], Ident = "before" });
        Openlog(new SyslogOptions { Path = Path, Ident = "me", Facility = LOG_LOCAL0 });
        int before = Setlogmask(LOG_UPTO(LOG_WARNING));
        try
        {
            Assert.Equal(LOG_UPTO(LOG_DEBUG), before);
            Syslog(LOG_INFO, "not to be seen");
            Syslog(LOG_WARNING, "seen");
            Assert.Equal(LOG_UPTO(LOG_WARNING), Setlogmask(0));
            Assert.Equal("<132>me: seen", log.ReceiveUndated());
            Assert.Equal(LOG_UPTO(LOG_WARNING), Setlogmask(LOG_MASK(LOG_INFO)));
            Syslog(LOG_INFO, "now it is");
            Assert.Equal("<134>me: now it is", log.ReceiveUndated());
            Assert.True(log.IsEmpty);
        }
        finally
        {
            Setlogmask(before);
            Closelog();
        }
    }

    [Fact]
    public void Standard_error_gets_copy_with_LOG_PERROR()
    {
        using var log = new LogSocket(Path);
        using Peer program = ChildProcess.Start("syslog", Path);
        Assert.Equal(new Outcome(0, "", $"me[{program.Id}]: 100 %\n"), program.Finish());
        Assert.Equal($"<14>me[{program.Id}]: 100 %", log.ReceiveUndated());
    }

    [Fact]
    public void Next_Openlog_takes_over_queued_lines()
    {
        Openlog(new SyslogOptions { Path = Path, Ident = "old" });
        Syslog(LOG_INFO, "kept");
        Openlog(new SyslogOptions { Path = Path, Ident = "new" });
        Syslog(LOG_INFO, "and this");
        using var log = new LogSocket(Path);
        Closelog(Limit.Default);
        Assert.Equal(["<14>old: kept", "<14>new: and this"], [log.ReceiveUndated(), log.ReceiveUndated()]);
    }

    static string ReceiveUndated(Fd stream)
    {
        Span<byte> one = stackalloc byte[1];
        var line = new StringBuilder();
        while (Readn(stream, one) == 1 && one[0] != 0)
            line.Append((char)one[0]);
        return line.Remove(4, 16).ToString();
    }
}
