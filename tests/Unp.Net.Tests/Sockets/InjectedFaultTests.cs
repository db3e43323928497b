namespace Unp.Net.Tests.Sockets;

/// <summary>
/// System calls that fail at moments that no test can arrange. A separate process runs under strace, which returns errors instead of the
/// kernel and logs the program's reaction.
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
    public void Interrupted_socket_call_is_repeated(string systemCall)
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
    public void Interrupted_file_call_is_repeated(string systemCall)
    {
        // Only calls on that path fail, because the runtime reads and opens its own files.
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
    public void Interrupted_message_call_is_repeated(string systemCall)
    {
        var (output, log) = Run($"{systemCall}:error=EINTR:when=1..2", "messages under faults");
        Assert.Equal("by sendmsg\nby writev\nby sendmmsg\n", output);
        Assert.Equal(2, log.Count(line => line.Contains("(INJECTED)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1", "copied\n0\n1\nTrue 0\n")] // no notification is queued, so the data is copied
    [InlineData("2", "0\n1\n2\nTrue 0\n")] // the first notification is read, then the second send is repeated
    [InlineData("2..3", "0\ncopied\n1\nTrue 0\n")]
    public void Zero_copy_without_memory_reads_notes_or_copies(string when, string expected)
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
    public void Aborted_connection_is_skipped_by_accept(string error)
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
    public void Other_error_ends_program_with_its_message(string systemCall, string error, string message)
    {
        using Peer peer = Start($"{systemCall}:error={error}:when=1", "sockets under faults");
        Assert.Equal(message, peer.ReadErrorLine());
        Assert.Equal(1, peer.WaitForExit());
    }

    [Theory]
    [InlineData("EINTR", "Interrupted system call")]
    [InlineData("EIO", "Input/output error")]
    public void Close_is_never_repeated(string error, string message)
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

    /// <summary>Starts a scenario under a fault. The arguments before its name are options of strace.</summary>
    Peer Start(string fault, params string[] arguments)
    {
        using (Peer allowed = Peer.Start("strace", "-qq", "-o", "/dev/null", "true"))
            Assert.SkipUnless(allowed.WaitForExit() == 0, $"strace cannot trace here: {allowed.ReadErrorToEnd()}");

        int options = arguments is ["-P", ..] ? 2 : 0;
        string systemCall = fault.Split(':')[0];
        string child = Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");
        return Peer.Start("strace", [
            "-f", "-qq", "-o", directory["log"], "-e", $"trace={systemCall}", "-e", $"inject={fault}",
            .. arguments[..options], child, .. arguments[options..]]);
    }
}
