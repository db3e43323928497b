using System.Text;

namespace Unp.Net.Tests.LibcCalls;

/// <summary>Tests functions that create descriptors, and functions without descriptors.</summary>
public sealed unsafe class UnistdTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Socket_adds_no_flags()
    {
        using Fd fd = new(socket(AF_INET, SOCK_STREAM, 0));
        Assert.False(Kernel.IsCloseOnExec(fd));
        using Fd flagged = new(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP));
        Assert.True(Kernel.IsCloseOnExec(flagged) && Kernel.IsNonBlocking(flagged));
        Assert.Equal((-1, Errno.EAFNOSUPPORT), (socket(9999, SOCK_STREAM, 0), Errno.Last));
    }

    [Fact]
    public void Pipe_reads_at_0_the_data_written_at_1()
    {
        int* fds = stackalloc int[2];
        Assert.Equal(0, pipe(fds));
        AssertConnected(fds, closeOnExec: false);
        Assert.Equal(0, pipe2(fds, O_CLOEXEC));
        AssertConnected(fds, closeOnExec: true);
        Assert.Equal(-1, pipe2(fds, -1));
        Assert.Equal(Errno.EINVAL, Errno.Last);
    }

    [Fact]
    public void Socketpair_is_connected()
    {
        int* fds = stackalloc int[2];
        Assert.Equal(0, socketpair(AF_UNIX, SOCK_STREAM, 0, fds));
        AssertConnected(fds, closeOnExec: false);
        Assert.Equal(-1, socketpair(AF_INET, SOCK_STREAM, 0, fds));
        Assert.Equal(Errno.EOPNOTSUPP, Errno.Last);
    }

    [Fact]
    public void File_is_created_opened_and_removed()
    {
        string path = directory["Grüße"];
        Assert.Equal((-1, Errno.ENOENT), (open(path, O_RDONLY), Errno.Last));
        using (Fd made = new(open(path, O_WRONLY | O_CREAT | O_EXCL, 0b110_000_000)))
        {
            Assert.False(Kernel.IsCloseOnExec(made));
            Assert.Equal(4, write(made, "text"u8));
        }
        Assert.Equal("text", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal((-1, Errno.EEXIST), (open(path, O_WRONLY | O_CREAT | O_EXCL, 0b110_000_000), Errno.Last));

        Assert.Equal(0, unlink(path));
        Assert.False(File.Exists(path));
        Assert.Equal((-1, Errno.ENOENT), (unlink(path), Errno.Last));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_in_open_directory_are_replaced_and_removed(bool byHandle)
    {
        File.WriteAllText(directory["old"], "old");
        File.WriteAllText(directory["victim"], "untouched");
        File.CreateSymbolicLink(directory["new"], directory["victim"]);
        Directory.CreateDirectory(directory["empty"]);
        using Fd at = Open(directory["."], O_RDONLY | O_DIRECTORY);
        int number = (int)at.DangerousGetHandle();
        Assert.Equal(0, byHandle ? renameat(at, "old", at, "new") : renameat(number, "old", number, "new"));
        Assert.Equal(("old", "untouched"), (File.ReadAllText(directory["new"]), File.ReadAllText(directory["victim"])));
        Assert.Equal((-1, Errno.ENOENT), (byHandle ? renameat(at, "old", at, "new") : renameat(number, "old", number, "new"), Errno.Last));
        Assert.Equal((-1, Errno.EISDIR), (Remove("empty", 0), Errno.Last));
        Assert.Equal((0, 0), (Remove("empty", AT_REMOVEDIR), Remove("new", 0)));
        Assert.Equal((-1, Errno.ENOENT), (Remove("new", 0), Errno.Last));

        int Remove(string name, int flags) => byHandle ? unlinkat(at, name, flags) : unlinkat(number, name, flags);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Linkat_adds_name_but_replaces_none(bool byHandle)
    {
        File.WriteAllText(directory["file"], "content");
        File.WriteAllText(directory["taken"], "untouched");
        File.CreateSymbolicLink(directory["symbolic"], "file");
        using Fd at = Open(directory["."], O_RDONLY | O_DIRECTORY);
        int number = (int)at.DangerousGetHandle();
        Assert.Equal((0, 0, 0), (Link("file", "second", 0), Link("symbolic", "link", 0), Link("symbolic", "target", AT_SYMLINK_FOLLOW)));
        Assert.Equal("file", new FileInfo(directory["link"]).LinkTarget);
        File.AppendAllText(directory["target"], " added");
        Assert.Equal("content added", File.ReadAllText(directory["second"]));

        Assert.Equal((-1, Errno.EEXIST), (Link("file", "taken", 0), Errno.Last));
        Assert.Equal("untouched", File.ReadAllText(directory["taken"]));
        Assert.Equal((-1, Errno.ENOENT), (Link("missing", "third", 0), Errno.Last));

        int Link(string name, string added, int flags) =>
            byHandle ? linkat(at, name, at, added, flags) : linkat(number, name, number, added, flags);
    }

    [Fact]
    public void Umask_returns_previous_mask()
    {
        uint before = umask(0b000_111_111);
        try
        {
            Assert.Equal(0b000_111_111u, umask(0b000_111_111));
        }
        finally
        {
            Assert.Equal(0b000_111_111u, umask(before));
        }
    }

    [Fact]
    public void Close_releases_number_once()
    {
        int fd = Kernel.Apart(Socket(AF_INET, SOCK_STREAM)).Release();
        Assert.Equal(0, close(fd));
        Assert.False(Kernel.IsOpen(fd));
        Assert.Equal((-1, Errno.EBADF), (close(fd), Errno.Last));
    }

    [Fact]
    public void Getpid_returns_this_process() => Assert.Equal(Environment.ProcessId, getpid());

    [Fact]
    public void Signal_0_checks_whether_process_exists()
    {
        Assert.Equal(0, kill(getpid(), 0));
        Assert.Equal((-1, Errno.EINVAL), (kill(getpid(), 9999), Errno.Last));

        using Peer program = ChildProcess.Start("nothing");
        int pid = program.Id;
        program.WaitForExit();
        Limit.Until(() => kill(pid, 0) < 0, "gone");
        Assert.Equal((-1, Errno.ESRCH), (kill(pid, 0), Errno.Last));
    }

    [Fact]
    public void Gethostname_returns_host_name()
    {
        byte* name = stackalloc byte[256];
        Assert.Equal(0, gethostname(name, 256));
        Assert.Equal(
            File.ReadAllText("/proc/sys/kernel/hostname").Trim(),
            Encoding.UTF8.GetString(new ReadOnlySpan<byte>(name, 256)).TrimEnd('\0'));
        Assert.Equal((-1, Errno.ENAMETOOLONG), (gethostname(name, 1), Errno.Last));
    }

    [Fact]
    public void Interface_has_index()
    {
        Assert.Equal(File.ReadAllText("/sys/class/net/lo/ifindex").Trim(), $"{if_nametoindex("lo")}");
        Assert.Equal((0u, Errno.ENODEV), (if_nametoindex("no such interface"), Errno.Last));
    }

    static void AssertConnected(int* fds, bool closeOnExec)
    {
        using Fd read = new(fds[0]);
        using Fd write = new(fds[1]);
        Assert.Equal((closeOnExec, closeOnExec), (Kernel.IsCloseOnExec(read), Kernel.IsCloseOnExec(write)));
        Assert.Equal(1, Unp.Net.Libc.write(write, "x"u8));
        Assert.Equal(1, Unp.Net.Libc.read(read, new byte[8]));
    }
}
