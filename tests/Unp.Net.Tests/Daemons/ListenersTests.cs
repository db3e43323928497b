using System.Text;

namespace Unp.Net.Tests.Daemons;

/// <summary>Sockets that a program is started with, by systemd's own tool and by hand.</summary>
public sealed class ListenersTests : IDisposable
{
    static readonly string Child = Path.Combine(AppContext.BaseDirectory, "Unp.Testing.Child");

    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Systemd_s_sockets_are_found_with_their_names()
    {
        string path = directory["web"];
        using Peer activator = Peer.Start("systemd-socket-activate", "-l", path, "-l", directory["admin"], "--fdname=web:admin", Child, "listeners");
        Limit.Until(() => File.Exists(directory["admin"]), "systemd-socket-activate listens");
        using Fd client = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM));
        Connect(client, SockAddr.Unix(path));
        Assert.Equal("hello from below\n", ReadToEnd(client));
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
    public void Connection_from_systemd_in_inetd_s_way_is_standard_input()
    {
        string path = directory["web"];
        using Peer activator = Peer.Start("systemd-socket-activate", "-a", "--inetd", "-l", path, Child, "listeners");
        Limit.Until(() => File.Exists(path), "systemd-socket-activate listens");
        using Fd client = Loopback.Limited(Socket(AF_UNIX, SOCK_STREAM));
        Connect(client, SockAddr.Unix(path));
        Assert.Equal("Inetd 1\nfd 0 inetd not listening inherited\nleft: \nagain: Inetd\n", ReadToEnd(client));
    }

    [Theory]
    [InlineData("LISTEN_PID=$$ LISTEN_FDS=1", "Systemd 1\nfd 3 unknown not listening close-on-exec")]
    [InlineData("LISTEN_PID=$$ LISTEN_FDS=2 LISTEN_FDNAMES=a:", "Systemd 2\nfd 3 a not listening close-on-exec\nfd 4 unknown not listening close-on-exec")]
    [InlineData("LISTEN_PID=$$ LISTEN_FDS=0", "Systemd 0")]
    [InlineData("LISTEN_PID=1 LISTEN_FDS=1", "None 0")]
    [InlineData("LISTEN_FDS=1", "None 0")]
    [InlineData("LISTEN_PID=$$", "None 0")]
    public void Variables_count_for_the_process_that_they_name(string variables, string found)
    {
        var (output, status) = RunWith(variables);
        Assert.Equal(0, status.ExitStatus);
        Assert.Equal($"{found}\nleft: \nagain: None\n", output);
    }

    [Theory]
    [InlineData("LISTEN_FDS=two", "System.FormatException: LISTEN_FDS=two is no number of descriptors.")]
    [InlineData("LISTEN_FDS=-1", "System.FormatException: LISTEN_FDS=-1 is no number of descriptors.")]
    [InlineData("LISTEN_FDS=1 LISTEN_FDNAMES=a:b", "System.FormatException: LISTEN_FDNAMES=a:b has not 1 names, as LISTEN_FDS says.")]
    [InlineData("LISTEN_FDS=999", "fcntl error: Bad file descriptor")]
    public void Variables_that_cannot_be_are_refused_by_name(string variables, string reason)
    {
        var (output, status) = RunWith($"LISTEN_PID=$$ {variables}");
        Assert.NotEqual(0, status.ShellStatus);
        Assert.Contains(reason, output, StringComparison.Ordinal);
    }

    static (string Output, WaitStatus Status) RunWith(string variables)
    {
        using Fd nothing = Open("/dev/null", O_RDWR);
        using Fd other = Open("/dev/null", O_RDWR);
        return Processes.Children.Run(
            "/bin/sh", ["-c", $"{variables} exec \"$0\" listeners 2>&1", Child], new() { Descriptors = { [0] = nothing, [3] = nothing, [4] = other } });
    }

    static string ReadToEnd(Fd fd)
    {
        var text = new StringBuilder();
        byte[] buffer = new byte[1000];
        while (Read(fd, buffer) is > 0 and int n)
            text.Append(Encoding.UTF8.GetString(buffer, 0, n));
        return text.ToString();
    }
}
