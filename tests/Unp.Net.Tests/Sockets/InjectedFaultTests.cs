namespace Unp.Net.Tests.Sockets;

/// <summary>
/// System calls that fail at a moment when no test can make them: strace answers in the kernel's place, in a process of its own, and writes down what
/// the program does about it.
/// </summary>
public sealed class InjectedFaultTests : IDisposable
{
    const string SocketsOutput = "by send\nby sendto\n";
    const string FilesOutput = "a line\nand the rest\n\n";

    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("connect")]
    [InlineData("accept4")]
    [InlineData("sendto")]
    [InlineData("recvfrom")]
    public void Interrupted_socket_call_is_made_again(string systemCall)
    {
        var (output, log) = Run($"{systemCall}:error=EINTR:when=1..2", "sockets under faults");
        Assert.Equal(SocketsOutput, output);
        Assert.Equal(2, log.Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("openat")]
    [InlineData("read")]
    [InlineData("write")]
    [InlineData("?dup2,?dup3")]
    public void Interrupted_file_call_is_made_again(string systemCall)
    {
        // Only calls on that path: the runtime reads and opens files of its own.
        var (output, log) = Run($"{systemCall}:error=EINTR:when=1..2", "-P", directory["file"], "files under faults", directory["file"]);
        Assert.Equal(FilesOutput, output);
        Assert.Equal(2, log.Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("sendmsg")]
    [InlineData("recvmsg")]
    [InlineData("sendmmsg")]
    [InlineData("recvmmsg")]
    [InlineData("readv")]
    [InlineData("writev")]
    public void Interrupted_message_call_is_made_again(string systemCall)
    {
        var (output, log) = Run($"{systemCall}:error=EINTR:when=1..2", "messages under faults");
        Assert.Equal("by sendmsg\nby writev\nby sendmmsg\n", output);
        Assert.Equal(2, log.Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1", "copied\n0\n1\nTrue 0\n")] // nothing to read from the queue: copied
    [InlineData("2", "0\n1\n2\nTrue 0\n")] // the first's note was read, and the second sent once more
    [InlineData("2..3", "0\ncopied\n1\nTrue 0\n")]
    public void Without_memory_for_notes_zero_copy_reads_those_there_are_or_copies(string when, string expected)
    {
        var (output, _) = Run($"sendmsg:error=ENOBUFS:when={when}", "zero copy under faults");
        Assert.Equal(expected, output);
    }

    [Theory]
    [InlineData("ECONNABORTED")]
    [InlineData("EPROTO")]
    [InlineData("ENETDOWN")]
    [InlineData("ENETUNREACH")]
    [InlineData("EHOSTDOWN")]
    [InlineData("EHOSTUNREACH")]
    [InlineData("ENONET")]
    [InlineData("ENOPROTOOPT")]
    [InlineData("EOPNOTSUPP")]
    public void Connection_that_was_given_up_before_accept_is_passed_over(string error)
    {
        var (output, log) = Run($"accept4:error={error}:when=1..3", "sockets under faults");
        Assert.Equal(SocketsOutput, output);
        Assert.Equal(3, log.Count(line => line.Contains(error, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("accept4", "ENFILE", "accept error: Too many open files in system")]
    [InlineData("accept4", "ENOBUFS", "accept error: No buffer space available")]
    [InlineData("recvfrom", "ECONNRESET", "recv error: Connection reset by peer")]
    [InlineData("sendto", "ENOBUFS", "send error: No buffer space available")]
    public void Any_other_error_ends_the_program_by_its_name(string systemCall, string error, string message)
    {
        using Peer peer = Start($"{systemCall}:error={error}:when=1", "sockets under faults");
        Assert.Equal(message, peer.ReadErrorLine());
        Assert.Equal(1, peer.WaitForExit());
    }

    [Theory]
    [InlineData("EINTR", "Interrupted system call")]
    [InlineData("EIO", "Input/output error")]
    public void Close_is_never_made_again(string error, string message)
    {
        using Peer peer = Start($"close:error={error}:when=1+1", "-P", directory["file"], "close under faults", directory["file"]);
        Assert.Matches($@"^close error: {message} \(fd \d+ \(closed\)\)$", peer.ReadErrorLine());
        Assert.Equal(1, peer.WaitForExit());
        Assert.Single(File.ReadLines(directory["log"]), line => line.Contains("close(", StringComparison.Ordinal));
    }

    (string Output, string[] Log) Run(string fault, params string[] arguments)
    {
        using Peer peer = Start(fault, arguments);
        string output = peer.ReadToEnd();
        Assert.Equal("", peer.ReadErrorToEnd());
        Assert.Equal(0, peer.WaitForExit());
        return (output, File.ReadAllLines(directory["log"]));
    }

    /// <summary>Starts a scenario under a fault; what comes before its name are options of strace.</summary>
    Peer Start(string fault, params string[] arguments)
    {
        using (Peer allowed = Peer.Start("strace", "-qq", "-o", "/dev/null", "true"))
            Assert.SkipUnless(allowed.WaitForExit() == 0, $"strace may not trace here: {allowed.ReadErrorToEnd()}");

        int options = arguments is ["-P", ..] ? 2 : 0;
        string systemCall = fault.Split(':')[0];
        string child = Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");
        return Peer.Start("strace", [
            "-f", "-qq", "-o", directory["log"], "-e", $"trace={systemCall}", "-e", $"inject={fault}",
            .. arguments[..options], child, .. arguments[options..]]);
    }
}
