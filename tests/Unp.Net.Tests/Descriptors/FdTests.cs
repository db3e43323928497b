using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Descriptors;

public class FdTests
{
    [Fact]
    public void Disposing_closes_descriptor_once()
    {
        using Fd other = Socket(AF_INET, SOCK_STREAM);
        Fd fd = Kernel.Apart(Socket(AF_INET, SOCK_STREAM));
        int number = Kernel.Number(fd);
        fd.Dispose();
        Assert.True(fd.IsClosed);
        Assert.False(Kernel.IsOpen(number));

        // Another descriptor gets the free number, and a second Dispose must not close it.
        using Fd next = Kernel.Take(number, other);
        Assert.Equal(number, Kernel.Number(next));
        fd.Dispose();
        Assert.True(Kernel.IsOpen(number));
    }

    [Fact]
    public void Borrowed_descriptor_stays_open_when_borrower_is_disposed()
    {
        using Fd owner = Socket(AF_INET, SOCK_STREAM);
        Fd borrower = Fd.Borrow(Kernel.Number(owner));
        Assert.Equal(Getsockname(owner), Getsockname(borrower));
        borrower.Dispose();
        Assert.True(borrower.IsClosed);
        Assert.True(Kernel.IsOpen(Kernel.Number(owner)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Negative_number_is_refused(int number)
    {
        Assert.Contains($"{number}", Assert.Throws<ArgumentOutOfRangeException>(() => new Fd(number)).Message);
        Assert.Contains($"{number}", Assert.Throws<ArgumentOutOfRangeException>(() => Fd.Borrow(number)).Message);
    }

    [Fact]
    public void Text_contains_number_and_closed_state()
    {
        Fd fd = Socket(AF_INET, SOCK_STREAM);
        int number = Kernel.Number(fd);
        Assert.Equal($"fd {number}", fd.ToString());
        fd.Dispose();
        Assert.Equal($"fd {number} (closed)", fd.ToString());
    }

    [Fact]
    public void Text_of_released_descriptor_says_so()
    {
        Fd fd = Socket(AF_INET, SOCK_STREAM);
        using (fd.ToSocketHandle())
            Assert.Equal($"fd {Kernel.Number(fd)} (released)", $"{fd}");
        Assert.Contains("(released)", Assert.Throws<ObjectDisposedException>(() => Listen(fd)).Message);
    }

    [Fact]
    public void Released_number_stays_open()
    {
        Fd fd = Socket(AF_INET, SOCK_STREAM);
        int number = fd.Release();
        Assert.True(fd.IsClosed);
        fd.Dispose();
        Assert.True(Kernel.IsOpen(number));
        Assert.Contains("(released)", Assert.Throws<ObjectDisposedException>(() => Getsockname(fd)).Message);
        Assert.Equal(0, close(number));
    }

    [Fact]
    public void Release_of_closed_descriptor_reports_it()
    {
        Fd fd = Socket(AF_INET, SOCK_STREAM);
        fd.Dispose();
        Assert.Contains(fd.ToString(), Assert.Throws<ObjectDisposedException>(() => fd.Release()).Message);
    }

    [Fact]
    public void Release_is_refused_while_bytes_are_read_ahead()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "line\nrest"u8);
        Readline(first, new byte[80]);

        var refused = Assert.Throws<InvalidOperationException>(() => first.Release());
        Assert.StartsWith($"{first} has 4 bytes", refused.Message);
        Assert.Throws<InvalidOperationException>(() => first.ToSocketHandle());
        Assert.Throws<InvalidOperationException>(() => first.ToFileHandle());

        Assert.Equal(4, Read(first, new byte[80]));
        Assert.Equal(0, close(first.Release()));
    }

    [Fact]
    public void Close_reports_error()
    {
        Fd fd = Socket(AF_INET, SOCK_STREAM);
        Close(fd);
        Assert.True(fd.IsClosed);

        Fd pulledAway = Kernel.Apart(Socket(AF_INET, SOCK_STREAM));
        Assert.Equal(0, close(Kernel.Number(pulledAway)));
        var failure = Assert.Throws<UnpException>(() => Close(pulledAway));
        Assert.Equal(Errno.EBADF, failure.Errno);
        Assert.Equal($"close error: Bad file descriptor ({pulledAway})", failure.Message);
        Assert.True(pulledAway.IsClosed);
    }

    [Fact]
    public void Dispose_keeps_last_error()
    {
        static int FailsAndCleansUp()
        {
            using Fd fd = Socket(AF_INET, SOCK_STREAM);
            return getpeername(fd, out _);
        }

        Assert.Equal(-1, FailsAndCleansUp());
        Assert.Equal(Errno.ENOTCONN, Errno.Last);
    }

    [Fact]
    public void Standard_descriptors_survive_dispose()
    {
        foreach (Fd standard in (Fd[])[Fd.StandardInput, Fd.StandardOutput, Fd.StandardError])
        {
            standard.Dispose();
            Close(standard);
            using (standard)
                Assert.True(Fcntl(standard, F_GETFL) >= 0);
            Assert.False(standard.IsClosed);
            Assert.Equal(0, Fcntl(standard, F_GETFD) & FD_CLOEXEC);
        }
        Assert.Equal((0, 1, 2), (Kernel.Number(Fd.StandardInput), Kernel.Number(Fd.StandardOutput), Kernel.Number(Fd.StandardError)));
    }

    [Fact]
    public void Standard_descriptors_survive_release_to_bcl()
    {
        using (var handle = Fd.StandardOutput.ToFileHandle())
            Assert.False(handle.IsInvalid);
        Assert.True(Kernel.IsOpen(1));
        Assert.False(Fd.StandardOutput.IsClosed);
        Assert.Equal(1, Fd.StandardOutput.Release());
        Assert.True(Fcntl(Fd.StandardOutput, F_GETFL) >= 0);
    }

    [Fact]
    public void Borrowed_descriptor_released_to_bcl_is_not_closed()
    {
        using Fd owner = Socket(AF_INET, SOCK_STREAM);
        SafeHandle file = Fd.Borrow(Kernel.Number(owner)).ToFileHandle();
        file.Dispose();
        SafeHandle socket = Fd.Borrow(Kernel.Number(owner)).ToSocketHandle();
        socket.Dispose();
        Assert.True(Kernel.IsOpen(Kernel.Number(owner)));
    }
}
