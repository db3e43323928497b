namespace Unp.Net.Tests.Terminals;

/// <summary>Tests both sides of a pseudo-terminal in this process.</summary>
public class PseudoTerminalTests
{
    [Fact]
    public void Terminal_edits_and_echoes_lines_and_adds_CR_to_output()
    {
        Openpty(out Fd master, out Fd slave);
        using (master)
        using (slave)
        {
            Write(master, "helpp\x7fo\n"u8);
            Assert.Equal("helpo\n", Terminal.Read(slave));
            Terminal.ReadUntil(master, "o\r\n");
            Write(slave, "one\ntwo\n"u8);
            Assert.Equal("one\r\ntwo\r\n", Terminal.ReadUntil(master, "two\r\n"));
        }
    }

    [Fact]
    public void Raw_terminal_passes_all_bytes_and_is_restored()
    {
        Openpty(out Fd master, out Fd slave);
        using (master)
        using (slave)
        {
            termios before = MakeRaw(slave);
            Assert.NotEqual(0u, before.c_lflag & (uint)(ICANON | ECHO | ISIG));
            Assert.Equal(3, before.c_cc[VINTR]);
            Assert.Equal(0u, Tcgetattr(slave).c_lflag & (uint)(ICANON | ECHO | ISIG | IEXTEN));
            Assert.Equal(0u, Tcgetattr(slave).c_oflag & OPOST);
            byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
            Write(master, all);
            byte[] received = new byte[256];
            Assert.Equal(256, Limit.Run(() => Readn(slave, received)));
            Assert.Equal(all, received);
            Write(slave, all);
            Assert.Equal(256, Limit.Run(() => Readn(master, received)));
            Assert.Equal(all, received);

            Tcsetattr(slave, TCSANOW, before);
            Assert.Equal(
                (before.c_iflag, before.c_oflag, before.c_cflag, before.c_lflag),
                (Tcgetattr(slave).c_iflag, Tcgetattr(slave).c_oflag, Tcgetattr(slave).c_cflag, Tcgetattr(slave).c_lflag));
        }
    }

    [Fact]
    public void Flags_and_characters_equal_those_of_stty()
    {
        Openpty(out Fd master, out Fd slave);
        using (master)
        using (slave)
        {
            termios attributes = Tcgetattr(slave);
            attributes.c_lflag &= ~(uint)(ECHO | ISIG);
            attributes.c_iflag &= ~(uint)(IXON | ICRNL);
            attributes.c_oflag &= ~(uint)ONLCR;
            attributes.c_cc[VINTR] = 1;
            attributes.c_cc[VQUIT] = 2;
            attributes.c_cc[VEOF] = 5;
            attributes.c_cc[VSUSP] = 6;
            attributes.c_cc[VMIN] = 7;
            attributes.c_cc[VTIME] = 8;
            Tcsetattr(slave, TCSADRAIN, attributes);
            var (text, status) = Processes.Children.Run("stty", ["-a"], new() { Descriptors = { [0] = slave } });
            Assert.Equal(0, status.ExitStatus);
            string[] shown = text.Split((char[])[' ', '\n', ';'], StringSplitOptions.RemoveEmptyEntries);
            Assert.Superset(
                (HashSet<string>)["-echo", "-isig", "-ixon", "-icrnl", "-onlcr", "icanon", "opost", "iexten"], shown.ToHashSet());
            Assert.Contains("intr = ^A; quit = ^B;", text, StringComparison.Ordinal);
            Assert.Contains("eof = ^E;", text, StringComparison.Ordinal);
            Assert.Contains("susp = ^F;", text, StringComparison.Ordinal);
            Assert.Contains("min = 7; time = 8;", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Size_is_same_from_either_side()
    {
        Openpty(out Fd master, out Fd slave, new winsize { ws_row = 50, ws_col = 132, ws_xpixel = 660, ws_ypixel = 500 });
        using (master)
        using (slave)
        {
            Assert.Equal(new winsize { ws_row = 50, ws_col = 132, ws_xpixel = 660, ws_ypixel = 500 }, Tcgetwinsize(slave));
            Tcsetwinsize(slave, new winsize { ws_row = 1, ws_col = 65535 });
            Assert.Equal("1 65535", $"{Tcgetwinsize(master)}");
        }
        Openpty(out master, out slave);
        using (master)
        using (slave)
            Assert.Equal(default, Tcgetwinsize(slave));
    }

    [Fact]
    public void Openpty_sets_close_on_exec_and_no_controlling_terminal()
    {
        Openpty(out Fd master, out Fd slave);
        using (master)
        using (slave)
        {
            Assert.StartsWith("/dev/pts/", Ptsname(master), StringComparison.Ordinal);
            Assert.Equal(Ptsname(master), Kernel.Path(slave));
            Assert.True(Kernel.IsCloseOnExec(master));
            Assert.True(Kernel.IsCloseOnExec(slave));
            Assert.NotEqual(Ptsname(master), Processes.Children.Shell("ps -o tty= -p $PPID").Trim());
        }
    }

    [Fact]
    public void Descriptor_that_is_no_terminal_is_rejected()
    {
        using Fd file = Open("/dev/null", O_RDWR);
        Refused("ptsname", () => Ptsname(file));
        Refused("tcgetwinsize", () => Tcgetwinsize(file));
        Refused("tcsetwinsize", () => Tcsetwinsize(file, default));
        Refused("tcgetattr", () => Tcgetattr(file));
        Refused("tcgetattr", () => MakeRaw(file));
        Refused("tcsetattr", () => Tcsetattr(file, TCSANOW, default));
        Assert.Throws<ObjectDisposedException>(() =>
        {
            file.Dispose();
            Tcgetwinsize(file);
        });

        static void Refused(string function, Action call)
        {
            var failure = Assert.Throws<UnpException>(call);
            Assert.Equal((function, Errno.ENOTTY), (failure.Function, failure.Errno));
        }
    }
}
