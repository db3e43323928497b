using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Files;

/// <summary>Open, Pipe, Dup, Dup2, Fcntl, Ioctl, Unlink.</summary>
public sealed partial class DescriptorCallTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Opened_file_has_requested_flags_and_mode()
    {
        using (Fd file = Open(directory["file"], O_WRONLY | O_CREAT | O_EXCL, 0b110_000_000))
            Writen(file, "text"u8);
        Assert.Equal("text", File.ReadAllText(directory["file"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(directory["file"]));

        using Fd again = Open(directory["file"], O_RDONLY);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Write(again, "x"u8)).Errno);
    }

    [Fact]
    public void Descriptor_has_expected_type()
    {
        using Fd file = Open(directory["file"], O_WRONLY | O_CREAT, 0b110_000_000);
        using Fd sockfd = Socket(AF_INET, SOCK_DGRAM);
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            (Fd Fd, int Type)[] all = [(file, S_IFREG), (sockfd, S_IFSOCK), (read, S_IFIFO)];
            foreach (var (fd, type) in all)
                Assert.Equal([type], all.Select(other => other.Type).Where(other => Isfdtype(fd, other)));
        }
        using var closed = new Fd(Kernel.Far);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Isfdtype(closed, S_IFSOCK)).Errno);
        closed.Release();
    }

    [Fact]
    public void Failed_open_and_unlink_report_path()
    {
        string path = directory["no such file"];
        Assert.Equal($"open error: No such file or directory ({path})", Assert.Throws<UnpException>(() => Open(path, O_RDONLY)).Message);
        Assert.Equal($"unlink error: No such file or directory ({path})", Assert.Throws<UnpException>(() => Unlink(path)).Message);
    }

    [Fact]
    public void Null_or_empty_path_or_path_with_nul_is_refused()
    {
        File.WriteAllText(directory["a"], "");
        string withNul = directory["a"] + "\0.txt";

        Assert.Throws<ArgumentNullException>("path", () => Open(null!, O_RDONLY));
        Assert.Throws<ArgumentException>("path", () => Open("", O_RDONLY));
        Assert.Contains("\\0.txt", Assert.Throws<ArgumentException>("path", () => Open(withNul, O_RDONLY)).Message);
        Assert.Throws<ArgumentNullException>("path", () => Unlink(null!));
        Assert.Throws<ArgumentException>("path", () => Unlink(""));
        Assert.Contains("\\0.txt", Assert.Throws<ArgumentException>("path", () => Unlink(withNul)).Message);
        Assert.True(File.Exists(directory["a"]));
    }

    [Fact]
    public void Path_is_utf8()
    {
        using (Open(directory["Grüße"], O_WRONLY | O_CREAT, 0b110_000_000))
            Assert.True(File.Exists(directory["Grüße"]));
        Unlink(directory["Grüße"]);
        Assert.False(File.Exists(directory["Grüße"]));
    }

    [Fact]
    public void Pipe_carries_bytes_one_way_until_writer_is_closed()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            Writen(write, "through"u8);
            write.Dispose();
            Span<byte> buffer = stackalloc byte[80];
            Assert.Equal(7, Readn(read, buffer));
            Assert.Equal("through"u8, buffer[..7]);
            Assert.Equal(0, Read(read, buffer));
        }
    }

    [Fact]
    public void Dup_returns_second_owner()
    {
        var (first, second) = Loopback.UnixPair();
        using (second)
        using (Fd copy = Dup(first))
        {
            Assert.NotEqual(Kernel.Number(first), Kernel.Number(copy));
            first.Dispose();
            Writen(copy, "still open"u8);
            Assert.Equal(10, Readn(second, new byte[10]));
        }
    }

    [Fact]
    public void Dup2_replaces_descriptor_and_keeps_close_on_exec()
    {
        Pipe(out Fd read, out Fd write);
        var (first, second) = Loopback.UnixPair();
        using (read)
        using (write)
        using (second)
        {
            int number = Kernel.Number(first);
            Dup2(read, first);
            Assert.Equal(number, Kernel.Number(first));
            Assert.True(Kernel.IsCloseOnExec(first));

            Writen(write, "piped"u8);
            Assert.Equal(5, Read(first, new byte[80]));
            Assert.Equal(0, Read(second, new byte[80]));
            first.Dispose();
        }
    }

    [Fact]
    public void Dup2_never_leaves_number_inheritable()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Task<bool> watching = Task.Run(() =>
        {
            bool always = true;
            for (int i = 0; i < 200_000; i++)
                always &= Kernel.IsCloseOnExec(second);
            return always;
        });
        do
            Dup2(first, second);
        while (!watching.IsCompleted);
        Assert.True(watching.Within());
    }

    [Fact]
    public void Dup2_onto_standard_descriptor_leaves_it_inheritable()
    {
        using Fd saved = Dup(Fd.StandardInput);
        Pipe(out Fd read, out Fd write);
        try
        {
            Dup2(read, Fd.StandardInput);
            Assert.False(Kernel.IsCloseOnExec(Fd.StandardInput));
            Writen(write, "in"u8);
            Assert.Equal(2, Read(Fd.StandardInput, new byte[80]));
        }
        finally
        {
            Dup2(saved, Fd.StandardInput);
            read.Dispose();
            write.Dispose();
        }
    }

    [Fact]
    public void Dup2_drops_read_ahead_of_replaced_descriptor()
    {
        var (first, second) = Loopback.UnixPair();
        var (third, fourth) = Loopback.UnixPair();
        using (first)
        using (second)
        using (third)
        using (fourth)
        {
            Span<byte> line = stackalloc byte[80];
            Writen(second, "old\nold rest"u8);
            Readline(first, line);
            Dup2(third, first);
            Writen(fourth, "new\n"u8);
            Assert.Equal("new\n"u8, line[..Readline(first, line)]);
        }
    }

    [Fact]
    public void Dup2_onto_itself_changes_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Span<byte> line = stackalloc byte[80];
        Writen(second, "one\ntwo\n"u8);
        Readline(first, line);
        Dup2(first, first);
        Dup2(Fd.Borrow(Kernel.Number(first)), first);
        Assert.Equal("two\n"u8, line[..Readline(first, line)]);
    }

    [Fact]
    public void Fcntl_reads_and_sets_flags()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Assert.Equal(O_RDWR, Fcntl(fd, F_GETFL));
        Assert.Equal(0, Fcntl(fd, F_SETFL, O_NONBLOCK));
        Assert.Equal(O_RDWR | O_NONBLOCK, Fcntl(fd, F_GETFL));
        Assert.Equal($"fcntl error: Invalid argument ({fd})", Assert.Throws<UnpException>(() => Fcntl(fd, 9999)).Message);
    }

    [Fact]
    public void Negative_result_of_fcntl_is_not_failure()
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        int processGroup = getpgrp();
        Assert.Equal(0, Fcntl(fd, F_SETOWN, -processGroup));
        Assert.Equal(-processGroup, Fcntl(fd, F_GETOWN));
        Fcntl(fd, F_SETOWN, 0);
    }

    [Fact]
    public void Ioctl_reads_and_fills_integer()
    {
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        {
            Writen(second, "12345"u8);
            int waiting = 0;
            Assert.Equal(0, Ioctl(first, FIONREAD, ref waiting));
            Assert.Equal(5, waiting);

            int on = 1;
            Ioctl(first, FIONBIO, ref on);
            Assert.True(Kernel.IsNonBlocking(first));
        }
        using Fd file = Open(directory["file"], O_RDWR | O_CREAT, 0b110_000_000);
        int size = 0;
        Assert.Equal(
            $"ioctl error: Inappropriate ioctl for device ({file})",
            Assert.Throws<UnpException>(() => Ioctl(file, SIOCATMARK, ref size)).Message);
    }

    [Fact]
    public void Ioctl_never_writes_past_end_of_buffer()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "12345"u8);
        Span<byte> memory = [0xEE, 0xEE, 0xEE, 0xEE];
        Ioctl(first, FIONREAD, memory[..1]); // the first byte of a 4-byte int
        Assert.Equal(new byte[] { 5, 0xEE, 0xEE, 0xEE }.AsSpan(), memory);
    }

    [LibraryImport("libc")]
    private static partial int getpgrp();
}
