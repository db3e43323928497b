namespace Unp.Net.Tests.Terminals;

/// <summary>Tests a program on its own terminal, as the program itself reports it.</summary>
public class ForkptyTests
{
    [Fact]
    public void Child_leads_session_with_terminal_as_standard_streams()
    {
        const string Script =
            "tty; tty <&1; tty <&2; stty size; ps -o pid=,sid=,pgid=,tpgid=,tty= -p $$; ls -1 /proc/$$/fd; echo done >/dev/tty";
        using SpawnedProcess shell = Forkpty(out Fd master, "/bin/sh", ["-c", Script], new winsize { ws_row = 30, ws_col = 100 });
        using (master)
        {
            string tty = Ptsname(master);
            string[] lines = Terminal.ReadToEnd(master).Split("\r\n");
            Assert.Equal([tty, tty, tty, "30 100"], lines[..4]);
            string[] ps = lines[4].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal([$"{shell.Id}", $"{shell.Id}", $"{shell.Id}", $"{shell.Id}", tty["/dev/".Length..]], ps);
            Assert.Equal(["0", "1", "2", "done", ""], lines[5..]);
            Assert.Equal(0, Limit.Run(shell.Wait).ExitStatus);
        }
    }

    [Fact]
    public void Control_C_reaches_foreground_process_but_not_shell()
    {
        var environment = new Dictionary<string, string> { ["PS1"] = "> ", ["PATH"] = "/usr/bin:/bin" };
        using SpawnedProcess shell = Forkpty(out Fd master, "/bin/sh", ["-i"], null, new() { Environment = environment });
        using (master)
        {
            Terminal.ReadUntil(master, "> ");
            Write(master, "stty -echo; sh -c 'echo up; exec cat'\n"u8);
            Terminal.ReadUntil(master, "up\r\n");
            Write(master, "\x3"u8);
            Terminal.ReadUntil(master, "> ");
            Write(master, "echo $?; exit 7\n"u8);
            Assert.StartsWith("130\r\n", Terminal.ReadToEnd(master), StringComparison.Ordinal); // 128 + SIGINT
            Assert.Equal(7, Limit.Run(shell.Wait).ExitStatus);
        }
    }

    [Theory]
    [InlineData(3, "SIGINT")]
    [InlineData(28, "SIGQUIT")]
    public void Typed_signal_characters_end_child(byte character, string signal)
    {
        using SpawnedProcess child = Forkpty(out Fd master, "sh", ["-c", "ulimit -c 0; echo up; exec cat"]);
        using (master)
        {
            Terminal.ReadUntil(master, "up\r\n");
            Write(master, [character]);
            Assert.Equal(signal == "SIGINT" ? SIGINT : SIGQUIT, Limit.Run(child.Wait).TermSignal);
        }
    }

    [Fact]
    public void New_size_sends_SIGWINCH()
    {
        const string Script = "trap 'stty size; exit 5' WINCH; echo up; sleep 20 & wait";
        using SpawnedProcess child = Forkpty(out Fd master, "sh", ["-c", Script], new winsize { ws_row = 24, ws_col = 80 });
        using (master)
        {
            Terminal.ReadUntil(master, "up\r\n");
            Tcsetwinsize(master, new winsize { ws_row = 40, ws_col = 120 });
            Assert.Equal("40 120\r\n", Terminal.ReadUntil(master, "\n"));
            Assert.Equal(5, Limit.Run(child.Wait).ExitStatus);
        }
    }

    [Fact]
    public void Closed_master_hangs_up_session()
    {
        using SpawnedProcess child = Forkpty(out Fd master, "sh", ["-c", "echo up; exec cat"]);
        using (master)
            Terminal.ReadUntil(master, "up\r\n");
        Assert.Equal(SIGHUP, Limit.Run(child.Wait).TermSignal);
    }

    [Fact]
    public void Other_descriptors_and_options_apply_as_in_Spawn()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            SpawnedProcess child;
            Fd master;
            using (write)
            {
                var options = new SpawnOptions { Descriptors = { [5] = write }, WorkingDirectory = "/usr", Name = "me" };
                child = Forkpty(out master, "sh", ["-c", "pwd >&5; echo $0 >&5"], null, options);
            }
            using (child)
            using (master)
            {
                Assert.Equal("/usr\nme\n", Limit.Run(() => Processes.Children.ReadToEnd(read)));
                Assert.Equal("", Terminal.ReadToEnd(master));
            }
        }
    }

    [Fact]
    public void Own_standard_input_can_be_other_descriptor_of_child()
    {
        var options = new SpawnOptions { Descriptors = { [7] = Fd.StandardInput } };
        using SpawnedProcess child = Forkpty(out Fd master, "sh", ["-c", "readlink /proc/$$/fd/7"], null, options);
        using (master)
            Assert.Equal(Kernel.Path(Fd.StandardInput), Terminal.ReadToEnd(master).TrimEnd());
    }

    [Fact]
    public void Failed_start_leaves_no_descriptor()
    {
        var failure = Assert.Throws<UnpException>(() => Forkpty(out _, "/no/such/program", []));
        Assert.Equal(Errno.ENOENT, failure.Errno);
        Assert.Matches("^posix_spawn error: No such file or directory \\(/no/such/program, on /dev/pts/[0-9]+\\)$", failure.Message);
        failure = Assert.Throws<UnpException>(() => Spawn("true", [], new() { Terminal = "/no/terminal" }));
        Assert.Equal(
            (Errno.ENOENT, "posix_spawn error: No such file or directory (true, on /no/terminal)"), (failure.Errno, failure.Message));

        Assert.Throws<ArgumentException>(() => Forkpty(out _, "true", [], null, new() { Descriptors = { [0] = Fd.StandardInput } }));
        Assert.Throws<ArgumentException>(() => Forkpty(out _, "true", [], null, new() { Terminal = "/dev/tty" }));
        Assert.Throws<ArgumentException>(() => Forkpty(out _, "true", [], null, new() { ProcessGroup = 0 }));
    }
}
