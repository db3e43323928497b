namespace Unp.Net.Tests.Events;

public class EventfdTests
{
    [Fact]
    public void Writes_are_added_and_read_resets_counter()
    {
        using Fd fd = Eventfd(3);
        Assert.True(Kernel.IsCloseOnExec(fd));
        Eventfd_write(fd);
        Eventfd_write(fd, 38);
        Assert.Equal(42ul, Eventfd_read(fd));
        var reader = new BlockedThread<ulong>(() => Eventfd_read(fd)).WaitUntilIn("read");
        Eventfd_write(fd, ulong.MaxValue - 1);
        Assert.Equal(ulong.MaxValue - 1, reader.Result);
    }

    [Fact]
    public void Semaphore_decrements_by_one_until_zero()
    {
        using Fd fd = Eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK);
        Assert.Equal((1ul, 1ul), (Eventfd_read(fd), Eventfd_read(fd)));
        var failure = Assert.Throws<UnpException>(() => Eventfd_read(fd));
        Assert.Equal((Errno.EAGAIN, "eventfd_read"), (failure.Errno, failure.Function));
        Eventfd_write(fd, ulong.MaxValue - 1);
        Assert.Equal(Errno.EAGAIN, Assert.Throws<UnpException>(() => Eventfd_write(fd)).Errno);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Eventfd_write(fd, ulong.MaxValue)).Errno);
        Assert.Equal((0, 1ul), (eventfd_read(Kernel.Number(fd), out ulong one), one));
        Assert.Equal(0, eventfd_write(Kernel.Number(fd), 1));
        using Fd none = Fd.Borrow(999_999);
        Assert.Equal((-1, -1), (eventfd_read(none, out _), eventfd_write(none, 1)));
        Assert.Equal(Errno.EBADF, Errno.Last);
    }

    [Fact]
    public void Unknown_flags_are_einval() => Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Eventfd(0, 0x40000000)).Errno);

    [Fact]
    public void Calls_allocate_nothing()
    {
        using Fd fd = Eventfd(1);
        AllocationCheck.AssertFree("Eventfd_write and Eventfd_read", () =>
        {
            Eventfd_write(fd);
            Eventfd_read(fd);
            Eventfd_write(fd);
        });
    }
}
