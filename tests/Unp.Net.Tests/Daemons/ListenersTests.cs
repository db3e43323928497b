namespace Unp.Net.Tests.Daemons;

/// <summary>Tests sockets that are passed to a program at its start, by systemd's own tool and by the test itself.</summary>
public sealed class ListenersTests : IDisposable
{
    static readonly string Child = Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");

    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Sockets_of_systemd_are_found_with_names()
    {
        string path = directory["web"];
        using Peer activator = Peer.Start(
            "systemd-socket-activate", "-l", path, "-l", directory["admin"], "--fdname=web:admin", Child, "listeners");
        Limit.Until(() => File.Exists(directory["admin"]), "the socket of systemd-socket-activate is bound");
        using Fd client = Connected(path);
        Assert.Equal("hello from below\n", Processes.Children.ReadToEnd(client));
        Assert.Equal(
            """
            Systemd 2
            fd 3 web listening close-on-exec
            fd 4 admin listening close-on-exec
            left: 
            again: None

            """,
            activator.Finish().Output);
    }

    [Fact]
    public void Connection_in_inetd_style_is_standard_input()
    {
        string path = directory["web"];
        using Peer activator = Peer.Start("systemd-socket-activate", "-a", "--inetd", "-l", path, Child, "listeners", "and connections");
        using Fd client = Connected(path);
        Assert.Equal("Inetd 1\nfd 0 inetd not listening inherited\nleft: \nagain: Inetd\n", Processes.Children.ReadToEnd(client));
    }

    [Theory]
    [InlineData("LISTEN_PID=$$ LISTEN_FDS=1", "Systemd 1\nfd 3 unknown not listening close-on-exec")]
    [InlineData(
        "LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=a:",
        "Systemd 2\nfd 3 a not listening close-on-exec\nfd 4 unknown not listening close-on-exec")]
    [InlineData("LISTEN_PID=$$ LISTEN_FDS=0", "Systemd 0")]
    [InlineData("LISTEN_PID=1 LISTEN_FDS=1", "None 0")]
    [InlineData("LISTEN_FDS=1", "None 0")]
    [InlineData("LISTEN_PID=$$", "None 0")]
    public void Variables_count_only_for_process_that_they_name(string variables, string found)
    {
        var (output, status) = RunWith(variables);
        Assert.Equal(0, status.ExitStatus);
        Assert.Equal($"{found}\nleft: \nagain: None\n", output);
    }

    [Theory]
    [InlineData("LISTEN_FDS=two", "Invalid argument (LISTEN_FDS=two)")]
    [InlineData("LISTEN_FDS=-1", "Invalid argument (LISTEN_FDS=-1)")]
    [InlineData("LISTEN_FDS=1 LISTEN_FDNAMES=a:b", "Invalid argument (LISTEN_FDNAMES=a:b, LISTEN_FDS=1)")]
    [InlineData(
        "LISTEN_FDS=999", "Bad file descriptor (LISTEN_FDS=999: descriptor 5 was not inherited, this process opened it itself)")]
    public void Invalid_variables_are_rejected_by_name(string variables, string reason)
    {
        // The test passes descriptors 3 and 4; the runtime opens 5.
        var (output, status) = RunWith($"LISTEN_PID=$$ {variables}");
        Assert.Equal((1, $"sd_listen_fds error: {reason}\n"), (status.ExitStatus, output));
    }

    public static TheoryData<string, string, string> StandardInputs => new()
    {
        { "pair", "None", "Inetd" },
        { "connection", "None", "Inetd" },
        { "connected datagram socket", "None", "Inetd" },
        { "stream socket that does not listen", "None", "Inetd" },
        { "listener", "Inetd", "Inetd" },
        { "datagram socket", "Inetd", "Inetd" },
        { "unix datagram socket", "Inetd", "Inetd" },
        { "pipe", "None", "None" },
    };

    [Theory]
    [MemberData(nameof(StandardInputs))]
    public void Standard_input_counts_only_in_requested_form(string input, string alone, string withConnections)
    {
        Assert.Equal([alone, withConnections], [Source(input), Source(input, "and connections")]);

        static string Source(string input, params string[] argument)
        {
            var made = new List<Fd>();
            try
            {
                Fd fd = Make(input, made);
                return Processes.Children.Run(Child, ["source", .. argument], new() { Descriptors = { [0] = fd } }).Output.TrimEnd();
            }
            finally
            {
                made.ForEach(fd => fd.Dispose());
            }
        }
    }

    static Fd Make(string kind, List<Fd> made)
    {
        switch (kind)
        {
            case "pair":
                Socketpair(AF_UNIX, SOCK_STREAM, 0, out Fd first, out Fd second);
                made.AddRange([first, second]);
                return first;
            case "pipe":
                Pipe(out Fd read, out Fd write);
                made.AddRange([read, write]);
                return read;
            case "listener":
                made.Add(Loopback.Listener());
                return made[0];
            case "connection":
                made.Add(Loopback.Listener());
                made.Add(Socket(AF_INET, SOCK_STREAM));
                Connect(made[1], Getsockname(made[0]));
                return made[1];
            default:
                bool isUnix = kind.StartsWith("unix", StringComparison.Ordinal);
                int type = kind.StartsWith("stream", StringComparison.Ordinal) ? SOCK_STREAM : SOCK_DGRAM;
                made.Add(Socket(isUnix ? AF_UNIX : AF_INET, type));
                if (!isUnix)
                    Bind(made[0], SockAddr.Loopback(AF_INET));
                if (kind.StartsWith("connected", StringComparison.Ordinal))
                    Connect(made[0], Getsockname(made[0]));
                return made[0];
        }
    }

    static (string Output, WaitStatus Status) RunWith(string variables)
    {
        using Fd nothing = Open("/dev/null", O_RDWR);
        using Fd other = Open("/dev/null", O_RDWR);
        return Processes.Children.Run(
            "/bin/sh", ["-c", $"{variables} exec \"$0\" listeners 2>&1", Child],
            new() { Descriptors = { [0] = nothing, [3] = nothing, [4] = other } });
    }

    /// <summary>Connects as soon as the server listens, which is after its socket appears.</summary>
    static Fd Connected(string path)
    {
        Fd client = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM));
        Limit.Until(() => connect(client, SockAddr.Unix(path)) == 0, $"a server listens at {path}");
        return client;
    }
}
