using System.Text;

namespace Unp.Net.Tests.Files;

/// <summary>OpenBeneath and Fstat. Each path is opened by the kernel's call and by the walk for older kernels.</summary>
public sealed class OpenBeneathTests : IDisposable
{
    readonly TempDirectory directory = new();
    readonly Fd root;

    public OpenBeneathTests()
    {
        Directory.CreateDirectory(directory["www/sub"]);
        File.WriteAllText(directory["secret"], "secret");
        File.WriteAllText(directory["www/index"], "index");
        File.WriteAllText(directory["www/sub/page"], "page");
        root = Open(directory["www"], O_RDONLY | O_DIRECTORY);
    }

    public void Dispose()
    {
        root.Dispose();
        directory.Dispose();
    }

    static Fd? OpenOne(bool walks, Fd root, string path, int flags = 0)
    {
        if (!walks)
            return TryOpenBeneath(root, path, O_RDONLY | flags, out Fd? file) ? file : null;
        int fd = Walk(root, path, O_RDONLY | O_CLOEXEC | flags);
        return fd >= 0 ? new Fd(fd) : null;
    }

    [Theory]
    [InlineData("index", "index")]
    [InlineData("sub/page", "page")]
    [InlineData("./sub//page", "page")]
    public void File_in_directory_is_opened(string path, string text)
    {
        foreach (bool walks in (bool[])[false, true])
        {
            using Fd? fd = OpenOne(walks, root, path);
            byte[] content = new byte[100];
            Assert.Equal(text, Encoding.ASCII.GetString(content, 0, (int)Readn(fd!, content)));
            Assert.Equal(FD_CLOEXEC, fcntl(fd!, F_GETFD));
        }
    }

    [Theory]
    [InlineData("../secret", "EXDEV")]
    [InlineData("sub/../../secret", "EXDEV")]
    [InlineData("..", "EXDEV")]
    [InlineData("/etc/passwd", "EXDEV")]
    [InlineData("absent", "ENOENT")]
    [InlineData("sub/absent", "ENOENT")]
    [InlineData("index/page", "ENOTDIR")]
    [InlineData("index/", "ENOTDIR")]
    public void Path_that_leads_out_or_is_missing_is_refused(string path, string error)
    {
        foreach (bool walks in (bool[])[false, true])
        {
            Assert.Null(OpenOne(walks, root, path));
            Assert.Equal(error, Errno.Last.Name);
        }
    }

    [Fact]
    public void Link_out_is_refused_and_without_openat2_every_link()
    {
        File.CreateSymbolicLink(directory["www/out"], "../secret");
        Directory.CreateSymbolicLink(directory["www/up"], directory["www/.."]);
        File.CreateSymbolicLink(directory["www/in"], "sub/page");
        foreach (string path in (string[])["out", "up/secret"])
        {
            Assert.Null(OpenOne(walks: false, root, path));
            Assert.Equal(Errno.EXDEV, Errno.Last);
        }
        using (Fd? fd = OpenOne(walks: false, root, "in"))
            Assert.NotNull(fd);

        Assert.Null(OpenOne(walks: true, root, "out"));
        Assert.Equal(Errno.ELOOP, Errno.Last);
        Assert.Null(OpenOne(walks: true, root, "in"));
        Assert.Equal(Errno.ELOOP, Errno.Last);
        Assert.Null(OpenOne(walks: true, root, "up/secret"));
        Assert.Contains(Errno.Last, (Errno[])[Errno.ELOOP, Errno.ENOTDIR]);
    }

    [Fact]
    public void Directory_and_its_subdirectories_are_opened()
    {
        foreach (bool walks in (bool[])[false, true])
        {
            foreach (string path in (string[])[".", "sub", "sub/", "./"])
            {
                using Fd? fd = OpenOne(walks, root, path, O_DIRECTORY);
                Assert.True(Fstat(fd!).IsDirectory);
            }
        }
    }

    [Fact]
    public void File_opened_with_O_PATH_cannot_be_read()
    {
        foreach (bool walks in (bool[])[false, true])
        {
            using Fd? fd = OpenOne(walks, root, "sub/page", O_PATH);
            Assert.True(Fstat(fd!).IsFile);
            Assert.Equal(-1, read(fd!, new byte[1]));
            Assert.Equal(Errno.EBADF, Errno.Last);
        }
    }

    [Fact]
    public void Non_blocking_open_of_fifo_does_not_wait_for_writer()
    {
        using (Peer mkfifo = Peer.Start("mkfifo", directory["www/fifo"]))
            Assert.Equal(0, mkfifo.WaitForExit());
        using Fd fd = Limit.Run(() => OpenBeneath(root, "fifo", O_RDONLY | O_NONBLOCK));
        Assert.False(Fstat(fd).IsFile);
    }

    [Fact]
    public void Openat_takes_directory_by_number_or_handle()
    {
        int number = openat(Kernel.Number(root), "sub/page", O_RDONLY | O_CLOEXEC);
        using var page = new Fd(number);
        using var same = new Fd(openat(root, "sub/page", O_RDONLY | O_CLOEXEC));
        byte[] two = new byte[2], more = new byte[10];
        Assert.Equal((2, 3), (pread(number, two, 1), pread(same, more, 1)));
        Assert.Equal(("ag", "age"), (Encoding.ASCII.GetString(two), Encoding.ASCII.GetString(more, 0, 3)));
        Assert.Equal((0, 0), (pread(same, more, 4), lseek(same, 0, SEEK_CUR)));
        Assert.Equal(-1, openat(root, "absent", O_RDONLY));
        Assert.Equal(Errno.ENOENT, Errno.Last);
    }

    [Fact]
    public void Error_contains_path_and_invalid_arguments_are_refused()
    {
        var failure = Assert.Throws<UnpException>(() => OpenBeneath(root, "../secret", O_RDONLY));
        Assert.Equal("open error: Invalid cross-device link (../secret)", failure.Message);
        Assert.Throws<ArgumentException>(() => TryOpenBeneath(root, "", O_RDONLY, out _));
        Assert.Throws<ArgumentException>(() => TryOpenBeneath(root, "index\0.html", O_RDONLY, out _));
        Assert.Throws<ArgumentException>(() => TryOpenBeneath(root, "new", O_WRONLY | O_CREAT, out _));
    }

    [Fact]
    public void Fstat_reports_type_size_owner_and_time_as_runtime_does()
    {
        var modified = new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc).AddTicks(1234567);
        File.SetLastWriteTimeUtc(directory["www/index"], modified);
        File.SetUnixFileMode(directory["www/index"], UnixFileMode.UserRead | UnixFileMode.GroupExecute);
        using Fd fd = OpenBeneath(root, "index", O_RDONLY);
        FileStatus status = Fstat(fd);
        Assert.Equal((true, false, false), (status.IsFile, status.IsDirectory, status.IsSocket));
        Assert.Equal(5, status.Size);
        Assert.Equal(modified, status.Modified.UtcDateTime);
        Assert.Equal(S_IFREG | S_IRUSR | S_IXGRP, status.Mode);
        Assert.Equal(geteuid(), status.UserId);
        using Fd socket = Socket(AF_INET, SOCK_DGRAM);
        Assert.True(Fstat(socket).IsSocket);
    }

    [Fact]
    public void Time_beyond_calendar_becomes_last_moment_of_calendar()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "/dev/shm, whose files may have any time, does not exist");
        string path = $"/dev/shm/{Path.GetRandomFileName()}";
        using Fd file = Open(path, O_RDWR | O_CREAT, 0b110_000_000);
        try
        {
            foreach ((string time, DateTimeOffset expected) in (ReadOnlySpan<(string, DateTimeOffset)>)[
                ("@400000000000", DateTimeOffset.MaxValue),
                ("@-100000000000", DateTimeOffset.MinValue),
                ("@-1.5", DateTimeOffset.UnixEpoch.AddSeconds(-1.5))])
            {
                using (SpawnedProcess touch = Spawn("touch", ["-d", time, path]))
                    Assert.Equal(0, touch.Wait().ExitStatus);
                Assert.Equal(expected, Fstat(file).Modified);
            }
        }
        finally
        {
            Unlink(path);
        }
    }

    [Fact]
    public void Fstat_reports_changed_owner()
    {
        Assert.SkipUnless(geteuid() == 0, "only root can change the owner of a file");
        using (Peer chown = Peer.Start("chown", "65534", directory["www/index"]))
            Assert.Equal(0, chown.WaitForExit());
        using Fd fd = OpenBeneath(root, "index", O_RDONLY);
        Assert.Equal(65534u, Fstat(fd).UserId);
    }
}
