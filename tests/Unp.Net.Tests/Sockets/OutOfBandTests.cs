namespace Unp.Net.Tests.Sockets;

/// <summary>Out-of-band data of TCP (UNP 24): sending, notification and reception.</summary>
public class OutOfBandTests
{
    [Fact]
    public void Urgent_byte_is_received_apart_from_data()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Send(client, "123"u8);
        Send(client, "4"u8, MSG_OOB);
        Send(client, "56"u8);
        WaitForUrgent(server);
        Span<byte> buffer = stackalloc byte[8];
        Assert.Equal(1, Recv(server, buffer, MSG_OOB));
        Assert.Equal((byte)'4', buffer[0]);
        Errno again = Assert.Throws<UnpException>(() => Recv(server, new byte[1], MSG_OOB)).Errno;
        Assert.Equal(Errno.EINVAL, again); // the byte can be read only once

        // A read stops at the mark.
        Assert.Equal("123"u8, buffer[..Read(server, buffer)]);
        Assert.True(Sockatmark(server));
        Assert.Equal("56"u8, buffer[..Readn(server, buffer[..2])]);
        Assert.False(Sockatmark(server));
    }

    [Fact]
    public void Missing_urgent_byte_is_EINVAL_and_last_one_counts()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Recv(server, new byte[1], MSG_OOB)).Errno);
        Send(client, "abc"u8, MSG_OOB);
        WaitForUrgent(server);
        Span<byte> buffer = stackalloc byte[8];
        Assert.Equal(1, Recv(server, buffer, MSG_OOB));
        Assert.Equal((byte)'c', buffer[0]);
        Assert.Equal("ab"u8, buffer[..Read(server, buffer)]);
    }

    [Fact]
    public void Inline_byte_stays_in_data_at_mark()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Setsockopt(server, SocketOptions.OobInline, true);
        Send(client, "123"u8);
        Send(client, "4"u8, MSG_OOB);
        Send(client, "5"u8);
        WaitForUrgent(server);
        Loopback.WaitUntilReadable(server);
        Limit.Until(() => Kernel.Waiting(server) == 5 || Sockatmark(server), "all has come");
        Span<byte> buffer = stackalloc byte[8];
        Assert.Equal(Errno.EINVAL, Assert.Throws<UnpException>(() => Recv(server, new byte[1], MSG_OOB)).Errno);
        Assert.Equal("123"u8, buffer[..Read(server, buffer)]);
        Assert.True(Sockatmark(server));
        Assert.Equal("45"u8, buffer[..Readn(server, buffer[..2])]);
    }

    [Fact]
    public void Poll_reports_urgent_byte_as_POLLPRI_until_read()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Span<pollfd> fds = [new() { fd = Kernel.Number(server), events = POLLPRI }];
        Assert.Equal(0, Poll(fds, TimeSpan.Zero));
        Send(client, "x"u8); // data alone is not urgent
        Loopback.WaitUntilReadable(server);
        Assert.Equal(0, Poll(fds, TimeSpan.Zero));
        Send(client, "!"u8, MSG_OOB);
        Assert.Equal(1, Poll(fds, Limit.Default));
        Assert.Equal(POLLPRI, fds[0].revents);
        Recv(server, new byte[1], MSG_OOB);
        Assert.Equal(0, Poll(fds, TimeSpan.Zero));
    }

    [Fact]
    public void Select_reports_urgent_byte_as_exception()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        Send(client, "!"u8, MSG_OOB);
        FdSet readset = default, writeset = default, exceptset = default;
        exceptset.Set(server);
        Assert.Equal(1, Select(exceptset.Maxfdp1, ref readset, ref writeset, ref exceptset, Limit.Default));
        Assert.True(exceptset.IsSet(server));
        Recv(server, new byte[1], MSG_OOB);
        Assert.Equal(0, Select(exceptset.Maxfdp1, ref readset, ref writeset, ref exceptset, TimeSpan.Zero));
        Assert.False(exceptset.IsSet(server));
    }

    [Fact]
    public void Epoll_reports_urgent_byte_as_EPOLLPRI()
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using Fd epfd = Epoll_create1();
        Epoll_ctl(epfd, EPOLL_CTL_ADD, server, EPOLLPRI, 7);
        Send(client, "!"u8, MSG_OOB);
        var events = new epoll_event[2];
        Assert.Equal(1, Epoll_wait(epfd, events, Limit.Default));
        Assert.Equal(((uint)EPOLLPRI, 7ul), (events[0].events, events[0].data.u64));
        Recv(server, new byte[1], MSG_OOB);
        Assert.Equal(0, Epoll_wait(epfd, events, TimeSpan.Zero));
    }

    [Theory]
    [InlineData("select")]
    [InlineData("poll")]
    [InlineData("epoll")]
    public void Poller_reports_urgent_byte_as_Priority(string mechanism)
    {
        using var pair = StreamPair.Tcp(out Fd client, out Fd server);
        using Poller poller = Poller.Create(mechanism);
        poller.Add(server, PollEvents.Priority);
        Send(client, "!"u8, MSG_OOB);
        var events = new PollEvent[2];
        Assert.Equal(1, poller.Wait(events, Limit.Default));
        Assert.Equal(PollEvents.Priority, events[0].Events);
        Recv(server, new byte[1], MSG_OOB);
        Assert.Equal(0, poller.Wait(events, TimeSpan.Zero));
    }

    static void WaitForUrgent(Fd fd) => Assert.Equal(1, Poll([new pollfd { fd = Kernel.Number(fd), events = POLLPRI }], Limit.Default));
}
