namespace Unp.Net.Tests.Polling;

/// <summary>Tests that 1000 waits of each function allocate nothing after a warm-up.</summary>
public class PollingAllocationTests
{
    [Fact]
    public void Select_and_Pselect_allocate_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        FdSet allset = default, none = default;
        allset.Set(first);
        AllocationCheck.AssertFree("Select", () =>
        {
            FdSet rset = allset;
            if (Select(rset.Maxfdp1, ref rset) != 1 || Select(rset.Maxfdp1, ref rset, TimeSpan.Zero) != 1 || !rset.IsSet(first))
                throw new InvalidOperationException("not ready");
        });
        AllocationCheck.AssertFree("Pselect", () =>
        {
            FdSet rset = allset;
            Pselect(rset.Maxfdp1, ref rset, ref none, ref none, TimeSpan.Zero, SigSet.Empty);
        });
    }

    [Fact]
    public void Poll_and_Ppoll_allocate_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        int number = Kernel.Number(first);
        AllocationCheck.AssertFree("Poll", () =>
        {
            Span<pollfd> fds = [new() { fd = number, events = POLLIN }];
            if (Poll(fds) != 1 || Poll(fds, TimeSpan.Zero) != 1 || Ppoll(fds, null, SigSet.Empty) != 1)
                throw new InvalidOperationException("not ready");
        });
    }

    [Fact]
    public void Epoll_calls_allocate_nothing()
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Writen(second, "x"u8);
        using Fd epfd = Epoll_create1();
        Epoll_ctl(epfd, EPOLL_CTL_ADD, first, EPOLLIN, 1);
        AllocationCheck.AssertFree("Epoll_wait", () =>
        {
            Span<epoll_event> events = stackalloc epoll_event[8];
            if (Epoll_wait(epfd, events) != 1 || Epoll_pwait2(epfd, events, TimeSpan.Zero, SigSet.Empty) != 1)
                throw new InvalidOperationException("not ready");
            Epoll_ctl(epfd, EPOLL_CTL_MOD, first, EPOLLIN, events[0].data.u64 + 1);
        });
    }
}
