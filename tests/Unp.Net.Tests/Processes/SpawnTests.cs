using System.Globalization;

namespace Unp.Net.Tests.Processes;

/// <summary>Tests what a child gets in addition to descriptors, as the child itself reports it.</summary>
public sealed class SpawnTests : IDisposable
{
    const string Script = "#!/bin/sh\necho here\n";

    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Arguments_arrive_unchanged()
    {
        string[] arguments = ["", " ", "two words", "$HOME", "'", "é語😀", "-n", "a\nb"];
        var (output, status) = Children.Run("/bin/sh", ["-c", "printf '[%s]' \"$@\"", "sh", .. arguments]);
        Assert.Equal(string.Concat(arguments.Select(argument => $"[{argument}]")), output);
        Assert.Equal(0, status.ExitStatus);
    }

    [Fact]
    public void Program_name_can_be_set()
    {
        Assert.Equal("/bin/sh", Children.Shell("tr '\\0' '\\n' </proc/$$/cmdline | head -1"));
        Assert.Equal("-login", Children.Shell("tr '\\0' '\\n' </proc/$$/cmdline | head -1", new() { Name = "-login" }));
    }

    [Fact]
    public void Given_environment_replaces_own_one()
    {
        var environment = new Dictionary<string, string> { ["A"] = "1 = 1", ["É"] = "" };
        var (output, _) = Children.Run("/usr/bin/env", [], new() { Environment = environment });
        Assert.Equal("A=1 = 1\nÉ=\n", output);
        Assert.Equal("", Children.Run("/usr/bin/env", [], new() { Environment = new Dictionary<string, string>() }).Output);
    }

    [Fact]
    public void Default_environment_is_current_one_of_process()
    {
        string name = $"UNP_TEST_{Environment.ProcessId}";
        Environment.SetEnvironmentVariable(name, "now");
        try
        {
            Assert.Equal("now", Children.Shell($"echo ${name}"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
        Assert.Equal("", Children.Shell($"echo ${name}"));
        Assert.Equal(Environment.GetEnvironmentVariable("PATH"), Children.Shell("echo $PATH"));
    }

    [Fact]
    public void Working_directory_is_own_or_given_one()
    {
        Assert.Equal(Environment.CurrentDirectory, Children.Shell("pwd"));
        Assert.Equal("/proc", Children.Shell("pwd", new() { WorkingDirectory = "/proc" }));
        File.WriteAllText(directory["script"], Script);
        File.SetUnixFileMode(directory["script"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string? parent = System.IO.Path.GetDirectoryName(directory["script"]);
        Assert.Equal("here\n", Children.Run("./script", [], new() { WorkingDirectory = parent }).Output);
        var failure = Assert.Throws<UnpException>(() => Spawn("true", [], new() { WorkingDirectory = directory["none"] }));
        Assert.Equal($"posix_spawn error: No such file or directory (true, in {directory["none"]})", failure.Message);
    }

    [Fact]
    public void New_session_and_process_group_are_created_on_request()
    {
        var (group, session) = GroupAndSession(new(), out int child);
        Assert.NotEqual(child, group);
        Assert.NotEqual(child, session);
        var own = GroupAndSession(new() { StartsSession = true }, out child);
        Assert.Equal((child, child), own);
        own = GroupAndSession(new() { ProcessGroup = 0 }, out child);
        Assert.Equal((child, session), own);

        using SpawnedProcess leader = Children.Cat(out Fd input, group: 0);
        using (input)
        {
            Assert.Equal(leader.Id, GroupAndSession(new() { ProcessGroup = leader.Id }, out _).Group);
            leader.Killpg(SIGKILL);
            Assert.Equal(SIGKILL, Limit.Run(leader.Wait).TermSignal);
        }
        Assert.Throws<ArgumentException>(() => Spawn("true", [], new() { StartsSession = true, ProcessGroup = 0 }));
    }

    [Fact]
    public void Child_has_requested_signal_mask_and_default_signals()
    {
        Assert.Equal((0ul, 0ul), Signals(new()));
        Assert.Equal(Bit(SIGUSR1) | Bit(SIGRTMAX), Signals(new() { SignalMask = SigSet.Of(SIGUSR1, SIGRTMAX) }).Blocked);

        // The runtime ignores SIGPIPE, unless another test has installed a handler.
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        ulong ignored = Convert.ToUInt64(line[7..].Trim(), 16);
        Assert.Equal(ignored & Bit(SIGPIPE), Signals(new() { DefaultSignals = SigSet.Empty }).Ignored & Bit(SIGPIPE));
        Assert.Equal(0ul, Signals(new() { DefaultSignals = SigSet.Full }).Ignored);
        using (Signal(SIGUSR1, _ => { }))
            Assert.Equal(SIGUSR1, Children.Run("/bin/sh", ["-c", "kill -USR1 $$"]).Status.TermSignal);
    }

    [Fact]
    public void Writer_without_reader_dies_of_SIGPIPE()
    {
        Pipe(out Fd read, out Fd write);
        using SpawnedProcess yes = Spawn("yes", [], new() { Descriptors = { [1] = write } });
        write.Dispose();
        read.Dispose();
        WaitStatus status = Limit.Run(yes.Wait);
        Assert.Equal((SIGPIPE, "Broken pipe", 128 + SIGPIPE), (status.TermSignal, status.ToString(), status.ShellStatus));
    }

    [Fact]
    public void Program_is_searched_in_PATH_as_by_execvp()
    {
        foreach (string name in (string[])["first", "second", "third"])
            Directory.CreateDirectory(directory[name]);
        string program = $"unp-{Environment.ProcessId}";
        File.WriteAllText(directory[$"first/{program}"], Script); // not executable
        File.WriteAllText(directory[$"third/{program}"], Script);
        WithPath($"{directory["first"]}:{directory["second"]}", () =>
            Assert.Equal(Errno.EACCES, Assert.Throws<UnpException>(() => Spawn(program, [])).Errno));

        File.SetUnixFileMode(directory[$"third/{program}"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        WithPath($"{directory["first"]}:{directory["none"]}:{directory["third"]}", () =>
        {
            Assert.Equal("here\n", Children.Run(program, []).Output);
            Assert.Equal(Errno.ENOENT, Assert.Throws<UnpException>(() => Spawn(program, [], new() { SearchesPath = false })).Errno);
        });
        WithPath(directory["second"], () => Assert.Equal(Errno.ENOENT, Assert.Throws<UnpException>(() => Spawn(program, [])).Errno));
        WithPath(null, () => Assert.Equal(0, Children.Run("true", []).Status.ExitStatus));
    }

    [Theory]
    [InlineData("bin")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("../bin")]
    public void Relative_PATH_is_skipped_without_working_directory(string relative)
    {
        var environment = new Dictionary<string, string> { ["PATH"] = $"{relative}:/no/such:{Environment.GetEnvironmentVariable("PATH")}" };
        using Peer program = ChildProcess.Start("spawn where the directory is gone", environment);
        Assert.Equal(new Outcome(0, "exit status 0\nENOENT\n", ""), program.Finish());
    }

    [Fact]
    public void Descriptor_limit_is_default_unless_inherited()
    {
        DescriptorLimit.Require(2000);
        int now = DescriptorLimit.Now;
        string hard = Children.Shell("ulimit -Hn");
        Assert.Equal($"1024 {hard}", Children.Shell("echo $(ulimit -Sn) $(ulimit -Hn)"));
        Assert.Equal($"{now}", Children.Shell("ulimit -Sn", new() { InheritsDescriptorLimit = true }));
        Assert.Equal(now, DescriptorLimit.Now);
        Assert.Throws<UnpException>(() => Spawn("/no/such/program", []));
        Assert.Equal(now, DescriptorLimit.Now);
    }

    [Fact]
    public void Descriptor_limit_below_usual_one_is_inherited()
    {
        using Peer program = Peer.Start(
            "sh", "-c", "ulimit -n 200; exec \"$0\" \"$@\"", ChildProcess.Executable, "spawn", "sh", "-c", "ulimit -Sn");
        Assert.Equal("200", program.ReadLine());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1500)]
    public void Descriptor_limit_is_default_if_parent_has_many_open(int extra)
    {
        DescriptorLimit.Require(3000);
        Pipe(out Fd read, out Fd write);
        Pipe(out Fd input, out Fd go);
        var held = new Stack<Fd>();
        try
        {
            while (held.Count < (extra == 0 ? 1100 : 0))
                held.Push(Dup(Fd.StandardInput));
            var options = new SpawnOptions { Descriptors = { [0] = input, [1] = write } };
            if (extra != 0)
                options.Descriptors[extra] = write;

            // The child waits, because its limit is set right after its start here.
            string script = $"read x; ulimit -Sn; test {extra} = 0 || test -e /proc/$$/fd/{extra} && echo there";
            using SpawnedProcess child = Spawn("/bin/sh", ["-c", script], options);
            write.Dispose();
            Writen(go, "\n"u8);
            Assert.Equal("1024\nthere\n", Limit.Run(() => Children.ReadToEnd(read)));
            Limit.Run(child.Wait);
        }
        finally
        {
            foreach (Fd fd in (Fd[])[read, write, input, go, .. held])
                fd.Dispose();
        }
    }

    [Fact]
    public void Descriptor_limit_is_default_with_many_threads()
    {
        DescriptorLimit.Require(2000);
        int now = DescriptorLimit.Now;
        string[] limits = [.. Enumerable.Range(0, 40).AsParallel().WithDegreeOfParallelism(4).Select(_ => Children.Shell("ulimit -Sn"))];
        Assert.All(limits, limit => Assert.Equal("1024", limit));
        Assert.Equal(now, DescriptorLimit.Now);
    }

    [Fact]
    public unsafe void Processors_are_those_of_process_unless_inherited()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.ProcessorCount > 1, "threads cannot be bound here");
        const string Mask = "/proc/thread-self/status";
        string ofProcess = Allowed($"/proc/self/task/{getpid()}/status");
        int last = new BlockedThread<int>(() => Enumerable.Range(0, 1024).Last(Bind)).Result;
        var bound = new BlockedThread<(string, string, string)>(() =>
        {
            Assert.True(Bind(last));
            string own = Allowed(Mask);
            string child = Child(new());
            return (child, Child(new() { InheritsAffinity = true }), Allowed(Mask) == own ? own : "changed");
        });
        var (alone, inherited, thread) = bound.Result;
        Assert.Equal(ofProcess, alone);
        Assert.Equal(thread, inherited);
        Assert.NotEqual(alone, inherited);

        static string Child(SpawnOptions options) => Children.Shell("grep Cpus_allowed: /proc/self/status", options);

        static string Allowed(string path) =>
            File.ReadLines(path).Single(line => line.StartsWith("Cpus_allowed:", StringComparison.Ordinal));

        // Each call runs on a dedicated thread, because the mask must not outlive the test.
        static bool Bind(int processor)
        {
            ulong* mask = stackalloc ulong[128];
            new Span<ulong>(mask, 128).Clear();
            mask[processor / 64] = 1ul << processor;
            return sched_setaffinity(0, 128 * sizeof(ulong), mask) == 0;
        }
    }

    static void WithPath(string? path, Action test)
    {
        string? before = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", path);
        try
        {
            test();
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", before);
        }
    }

    static (int Group, int Session) GroupAndSession(SpawnOptions options, out int child)
    {
        string[] fields = Children.Run("cut", ["-d ", "-f1,5,6", "/proc/self/stat"], options).Output.Split(' ');
        child = int.Parse(fields[0], CultureInfo.InvariantCulture);
        return (int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture));
    }

    static (ulong Blocked, ulong Ignored) Signals(SpawnOptions options)
    {
        string[] lines = Children.Run("grep", ["-E", "^Sig(Blk|Ign)", "/proc/self/status"], options).Output.Split('\n');
        return (Mask(lines[0]), Mask(lines[1]));

        static ulong Mask(string line) => ulong.Parse(line.Split('\t')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    static ulong Bit(int signo) => 1ul << (signo - 1);
}
