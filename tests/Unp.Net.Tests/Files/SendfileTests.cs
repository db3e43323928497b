using System.Security.Cryptography;

namespace Unp.Net.Tests.Files;

/// <summary>Sendfile, Copy_file_range, Splice and Tee.</summary>
public sealed class SendfileTests : IDisposable
{
    readonly TempDirectory directory = new();
    readonly byte[] content = RandomNumberGenerator.GetBytes(300_000);

    public void Dispose() => directory.Dispose();

    Fd Source()
    {
        File.WriteAllBytes(directory["source"], content);
        return Open(directory["source"], O_RDONLY);
    }

    Fd Target(int flags = 0) => Open(directory["target"], O_RDWR | O_CREAT | flags, 0b110_000_000);

    [Fact]
    public void File_is_sent_whole_or_in_part_without_moving_its_position()
    {
        using Fd file = Source();
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        var reader = new BlockedThread<byte[]>(() => TestData.ReadToEnd(server));
        long offset = 100_000;
        Assert.Equal(50_000, Sendfile(client, file, ref offset, 50_000));
        Assert.Equal(150_000, offset);
        Assert.Equal(150_000, Sendfile(client, file, ref offset));
        Assert.Equal(0, Sendfile(client, file, ref offset));
        Assert.Equal(0, Sendfile(client, file, ref offset, 0));
        offset = 400_000;
        Assert.Equal(0, Sendfile(client, file, ref offset));
        Assert.Equal(0, lseek(file, 0, SEEK_CUR));
        Shutdown(client, SHUT_WR);
        Assert.Equal(content[100_000..], reader.Result);
    }

    [Fact]
    public unsafe void Call_without_offset_uses_and_moves_position_of_file()
    {
        using Fd file = Source();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Assert.Equal(1000, lseek(Kernel.Number(file), 1000, SEEK_SET));
        Assert.Equal(10, sendfile(first, file, null, 10));
        Assert.Equal(1010, lseek(file, 0, SEEK_CUR));
        Assert.Equal(10, sendfile(Kernel.Number(first), Kernel.Number(file), null, 10));
        byte[] got = new byte[20];
        Readn(second, got);
        Assert.Equal(content[1000..1020], got);
    }

    [Fact]
    public void Full_socket_is_EAGAIN_and_offset_is_advanced()
    {
        using Fd file = Source();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.ShrinkBuffers(first);
        SetNonBlocking(first);
        long offset = 0;
        var failure = Assert.Throws<UnpException>(() => Sendfile(first, file, ref offset));
        Assert.Equal((Errno.EAGAIN, "sendfile", offset), (failure.Errno, failure.Function, failure.BytesTransferred));
        Assert.InRange(offset, 1, content.Length - 1);

        // As a server does: wait for space, then continue.
        var reader = new BlockedThread<byte[]>(() => TestData.ReadToEnd(second));
        while (offset < content.Length)
        {
            Assert.Equal(1, Writable_timeo(first, Limit.Default));
            try
            {
                Sendfile(first, file, ref offset);
            }
            catch (UnpException e) when (e.Errno == Errno.EAGAIN)
            {
            }
        }
        Shutdown(first, SHUT_WR);
        Assert.Equal(content, reader.Result);
    }

    [Fact]
    public void Signals_do_not_end_call()
    {
        using var interruption = new Sockets.Interruption();
        using Fd file = Source();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Kernel.ShrinkBuffers(first);
        long offset = 0;
        var sending = new BlockedThread<long>(() => Sendfile(first, file, ref offset));
        interruption.Hit(sending, "sendfile");
        interruption.Hit(sending, "sendfile");
        byte[] got = new byte[content.Length];
        Assert.Equal(content.Length, Limit.Run(() => Readn(second, got)));
        Assert.Equal(content.Length, sending.Result);
        Assert.Equal(content, got);
    }

    [Fact]
    public void More_than_2_GB_are_sent_in_one_call()
    {
        // A hole in a file in memory needs no space and is sent fast.
        const long Size = (1L << 31) + 12345;
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "/dev/shm does not exist");
        string path = $"/dev/shm/{Path.GetRandomFileName()}";
        using Fd file = Open(path, O_RDWR | O_CREAT, 0b110_000_000);
        Unlink(path);
        lseek(file, Size - 1, SEEK_SET);
        Write(file, "x"u8);
        using Fd null_ = Open("/dev/null", O_WRONLY);
        long offset = 0;
        Assert.Equal(Size, Limit.Run(() => Sendfile(null_, file, ref offset)));
        Assert.Equal(Size, offset);
        offset = Size - 5;
        Assert.Equal(5, Sendfile(null_, file, ref offset, long.MaxValue));
    }

    [Fact]
    public void Unsuitable_file_is_EINVAL_and_closed_peer_is_EPIPE()
    {
        using Fd file = Source();
        using Fd append = Target(O_APPEND);
        long offset = 7;
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Sendfile(append, file, ref offset)).Errno);
        using (var pair = StreamPair.Unix(out Fd first, out Fd second))
        {
            Assert.Equal(Errno.ESPIPE, Assert.Throws<UnpException>(() => Sendfile(first, second, ref offset)).Errno);
            second.Dispose();
            Assert.Equal(Errno.EPIPE, Assert.Throws<UnpException>(() => Sendfile(first, file, ref offset)).Errno);
        }
        Assert.Equal(7, offset);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Sendfile(append, file, ref offset, -1));
        offset = -1;
        Assert.Throws<ArgumentOutOfRangeException>("offset", () => Sendfile(append, file, ref offset));
    }

    [Fact]
    public void Character_device_is_sent_only_up_to_count()
    {
        // The kernel does not advance the offset of a device, so the result of the call is the progress.
        using Fd zeros = Open("/dev/zero", O_RDONLY);
        using Fd nothing = Open("/dev/null", O_WRONLY);
        long offset = 7;
        Assert.Equal(5000, Limit.Run(() => Sendfile(nothing, zeros, ref offset, 5000)));
        Assert.Equal(5007, offset);

        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        {
            Assert.Equal(100, Splice(zeros, ref offset, writer, 100));
            Assert.Equal(5107, offset);
        }
    }

    [Fact]
    public void Wrong_descriptors_have_documented_errors()
    {
        using Fd file = Source();
        using Fd writeOnly = Open(directory["source"], O_WRONLY);
        using Fd append = Target(O_APPEND);
        using Fd folder = Open(directory[""], O_RDONLY);
        using Fd kernelFile = Open("/proc/self/status", O_RDONLY);
        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        {
            Assert.Equal(Errno.ESPIPE, SendError(reader, writer));
            Assert.Equal(Errno.EINVAL, SendError(folder, writer));
            Assert.Equal(Errno.EINVAL, SendError(kernelFile, writer));
            Assert.Equal(Errno.EBADF, SendError(writeOnly, writer));
            Assert.Equal(Errno.EBADF, SendError(file, reader));

            Assert.Equal(Errno.EBADF, SpliceError(writeOnly, writer));
            Assert.Equal(Errno.EBADF, SpliceError(reader, file));
            Assert.Equal(Errno.EINVAL, SpliceError(folder, writer));
            Assert.Equal(Errno.EINVAL, SpliceError(reader, append));
            long offset = 0;
            Assert.Equal(Errno.ESPIPE, Assert.Throws<UnpException>(() => Splice(reader, ref offset, append, 1)).Errno);
            Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Tee(writer, reader, 1)).Errno);
            offset = -1;
            Assert.Throws<ArgumentOutOfRangeException>("offset", () => Splice(file, ref offset, writer, 1));

            Assert.Equal(Errno.EINVAL, CopyError(reader, append));
            Assert.Equal(Errno.EISDIR, CopyError(folder, writeOnly));
            Assert.Equal(Errno.EXDEV, CopyError(kernelFile, writeOnly));
        }

        static Errno SendError(Fd from, Fd to)
        {
            long offset = 0;
            return Assert.Throws<UnpException>(() => Sendfile(to, from, ref offset, 1)).Errno;
        }

        static Errno SpliceError(Fd from, Fd to) => Assert.Throws<UnpException>(() => Splice(from, to, 1)).Errno;

        static Errno CopyError(Fd from, Fd to)
        {
            long first = 0, second = 0;
            return Assert.Throws<UnpException>(() => Copy_file_range(from, ref first, to, ref second, 1)).Errno;
        }
    }

    [Fact]
    public void Files_are_copied_whole_or_in_part()
    {
        using Fd file = Source();
        using Fd copy = Target();
        long from = 0, to = 0;
        Assert.Equal(content.Length, Copy_file_range(file, ref from, copy, ref to));
        Assert.Equal((content.Length, content.Length), (from, to));
        Assert.Equal(content, File.ReadAllBytes(directory["target"]));
        (from, to) = (10, 0);
        Assert.Equal(5, Copy_file_range(file, ref from, copy, ref to, 5));
        Assert.Equal((15, 5), (from, to));
        Assert.Equal([.. content[10..15], .. content[5..]], File.ReadAllBytes(directory["target"]));
        Assert.Equal((0, 0), (lseek(file, 0, SEEK_CUR), lseek(copy, 0, SEEK_CUR)));

        using Fd append = Target(O_APPEND);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Copy_file_range(file, ref from, append, ref to)).Errno);
        Assert.Throws<ArgumentOutOfRangeException>("count", () => Copy_file_range(file, ref from, copy, ref to, -1));
        from = -1;
        Assert.Throws<ArgumentOutOfRangeException>("in_offset", () => Copy_file_range(file, ref from, copy, ref to));
        (from, to) = (0, -1);
        Assert.Throws<ArgumentOutOfRangeException>("out_offset", () => Copy_file_range(file, ref from, copy, ref to));
    }

    [Fact]
    public void Connection_is_copied_through_pipe()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using Fd target = Target();
        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        {
            var sending = new BlockedThread<bool>(() =>
            {
                Writen(client, content);
                Shutdown(client, SHUT_WR);
                return true;
            });
            long n;
            while ((n = Splice(server, writer, 1 << 16)) > 0)
            {
                while (n > 0)
                    n -= Splice(reader, target, n, SPLICE_F_MOVE);
            }
            Assert.True(sending.Result);
            Assert.Equal(content, File.ReadAllBytes(directory["target"]));

            long offset = 20;
            Assert.Equal(100, Splice(target, ref offset, writer, 100));
            Assert.Equal(120, offset);
            Pipe(out Fd otherReader, out Fd otherWriter);
            using (otherReader)
            using (otherWriter)
            {
                Assert.Equal(100, Tee(reader, otherWriter, 1000));
                byte[] first = new byte[100], second = new byte[100];
                Assert.Equal((100, 100), (Readn(reader, first), Readn(otherReader, second)));
                Assert.Equal(content[20..120], first);
                Assert.Equal(first, second);
                Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Tee(reader, otherWriter, 1, SPLICE_F_NONBLOCK)).Errno);
                Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Splice(reader, otherWriter, 1, SPLICE_F_NONBLOCK)).Errno);
                Assert.Throws<ArgumentOutOfRangeException>("count", () => Tee(reader, otherWriter, 0));
            }
            Assert.Throws<ArgumentOutOfRangeException>("count", () => Splice(reader, target, 0));
            Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Splice(server, target, 1)).Errno);
            Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Tee(server, writer, 1)).Errno);
        }
    }

    [Fact]
    public unsafe void Each_form_in_C_works_and_fails()
    {
        using Fd file = Source();
        using Fd copy = Target();
        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        using (Fd none = Fd.Borrow(999_999))
        {
            Assert.Equal(8, splice(Kernel.Number(file), null, Kernel.Number(writer), null, 8, 0));
            Assert.Equal(-1, tee(Kernel.Number(reader), Kernel.Number(reader), 8, 0));
            Assert.Equal(9, copy_file_range(Kernel.Number(file), null, Kernel.Number(copy), null, 9, 0));
            foreach (Func<nint> call in (Func<nint>[])[
                () => sendfile(none, file, null, 1), () => sendfile(writer, none, null, 1), () => splice(none, null, writer, null, 1, 0),
                () => splice(reader, null, none, null, 1, 0),
                () => tee(none, writer, 1, 0),
                () => copy_file_range(file, null, none, null, 1, 0)])
            {
                Assert.Equal((-1, Errno.EBADF), (call(), Errno.Last));
            }
            Fd closed = Eventfd();
            closed.Dispose();
            Assert.Throws<ObjectDisposedException>(() => sendfile(writer, closed, null, 1));
            Assert.Throws<ObjectDisposedException>(() => splice(closed, null, writer, null, 1, 0));
        }
    }

    [Fact]
    public void Calls_allocate_nothing()
    {
        using Fd file = Source();
        using Fd copy = Target();
        using Fd nothing = Open("/dev/null", O_WRONLY);
        Pipe(out Fd reader, out Fd writer);
        using (reader)
        using (writer)
        {
            AllocationCheck.AssertFree("moving data", () =>
            {
                long offset = 0, to = 0;
                Sendfile(nothing, file, ref offset, 100);
                offset = 0;
                Copy_file_range(file, ref offset, copy, ref to, 100);
                Splice(file, ref offset, writer, 10);
                Splice(reader, nothing, 10);
            });
        }
    }
}
