using System.Globalization;

namespace Unp.Net.Tests.Daemons;

/// <summary>Tests that rsyslog parses the messages of <see cref="SyslogSender"/>.</summary>
public sealed class RsyslogTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData(SyslogFormat.Rfc3164)]
    [InlineData(SyslogFormat.Rfc5424)]
    public void Facility_level_name_process_and_text_arrive(SyslogFormat format)
    {
        using var sender = new SyslogSender(
            new() { Path = directory["log"], Ident = "me", Option = LOG_PID, Facility = LOG_DAEMON, Format = format });
        using (Rsyslogd(format))
        {
            sender.Send(LOG_NOTICE, "a: b [c] <d> grün");
            sender.Send(LOG_AUTHPRIV | LOG_CRIT, "%m");
            WaitForLines(2);
        }
        Assert.Equal(
            [$"daemon.notice|me|{Environment.ProcessId}|a: b [c] <d> grün", $"authpriv.crit|me|{Environment.ProcessId}|%m"], Lines());
    }

    [Fact]
    public void Restarted_rsyslog_misses_no_message()
    {
        using var sender = new SyslogSender(new() { Path = directory["log"], Ident = "me", Option = LOG_PID });
        int said = 0;
        for (int round = 0; round < 3; round++)
        {
            using (Rsyslogd(SyslogFormat.Rfc3164))
            {
                Say(50);
                WaitForLines(said);
            }
            Say(50);
        }
        using (Rsyslogd(SyslogFormat.Rfc3164))
            WaitForLines(said);
        Assert.Equal(Enumerable.Range(0, said).Select(i => $"user.info|me|{Environment.ProcessId}|number {i}"), Lines());

        void Say(int count)
        {
            for (int i = 0; i < count; i++)
                sender.Send(LOG_INFO, string.Create(CultureInfo.InvariantCulture, $"number {said++}"));
        }
    }

    Peer Rsyslogd(SyslogFormat format)
    {
        Peer.Require("/usr/sbin/rsyslogd");
        string parser = format == SyslogFormat.Rfc5424 ? "off" : "on";
        File.WriteAllText(directory["conf"], $"""
            module(load="imuxsock" SysSock.Use="off")
            input(type="imuxsock" Socket="{directory["log"]}" UseSpecialParser="{parser}" ParseHostname="{(parser == "on" ? "off" : "on")}")
            template(name="all" type="string"
                string="%syslogfacility-text%.%syslogseverity-text%|%programname%|%procid%|%msg:::sp-if-no-1st-sp%%msg%\n")
            action(type="omfile" file="{directory["out"]}" template="all")
            """);
        return Peer.Start("/usr/sbin/rsyslogd", "-n", "-f", directory["conf"], "-i", directory["pid"]);
    }

    void WaitForLines(int count) => Limit.Until(() => Lines().Length >= count, $"{count} lines in the log");

    /// <summary>The lines of the log. Depending on the parser, a blank or a byte order mark precedes the text; both are removed.</summary>
    string[] Lines() => File.Exists(directory["out"])
        ? [
            .. File.ReadAllLines(directory["out"]).Select(line =>
                line.Replace("| ", "|", StringComparison.Ordinal).Replace("\uFEFF", "", StringComparison.Ordinal)),
        ]
        : [];
}
