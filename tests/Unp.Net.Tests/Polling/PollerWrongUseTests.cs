namespace Unp.Net.Tests.Polling;

/// <summary>Tests that a rejected call names the reason and changes nothing.</summary>
public class PollerWrongUseTests : PollerSuite
{
    [Theory, MemberData(nameof(Mechanisms))]
    public void Second_Add_is_rejected_by_number(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        PollRegistration registration = poller.Add(first, PollEvents.Writable);
        foreach (Fd same in (Fd[])[first, Fd.Borrow(Kernel.Number(first))])
        {
            var refused = Assert.Throws<InvalidOperationException>(() => poller.Add(same, PollEvents.Readable));
            Assert.Contains($"{first} is already added", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal((1, PollEvents.Writable), (poller.Count, WaitForOne(poller).Registration.Interest));
        Assert.True(registration.IsAdded);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Remove_and_Modify_reject_unknown_registration(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var another = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        PollRegistration removed = poller.Add(first, PollEvents.Writable);
        poller.Remove(removed);
        PollRegistration again = poller.Add(first, PollEvents.Writable);
        PollRegistration of = another.Add(second, PollEvents.Writable);
        foreach (PollRegistration wrong in (PollRegistration[])[removed, of])
        {
            foreach (Action call in (Action[])[() => poller.Remove(wrong), () => poller.Modify(wrong, PollEvents.Readable)])
                Assert.Contains(
                    $"{wrong.Descriptor} ", Assert.Throws<ArgumentException>("registration", call).Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentNullException>("registration", () => poller.Remove(null!));
        Assert.Throws<ArgumentNullException>("registration", () => poller.Modify(null!, PollEvents.Readable));
        Assert.Same(again, WaitForOne(poller).Registration);
        Assert.Same(of, WaitForOne(another).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Null_and_closed_descriptors_are_rejected(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        Fd closed = Kernel.Apart(Loopback.Datagram());
        closed.Dispose();
        Assert.Throws<ArgumentNullException>("descriptor", () => poller.Add(null!, PollEvents.Readable));
        Assert.Throws<ArgumentNullException>("descriptor", () => poller.Find(null!));
        Action[] calls =
        [
            () => poller.Add(closed, PollEvents.Readable),
            () => poller.Add(closed, PollEvents.Readable, 7),
            () => poller.Find(closed),
        ];
        foreach (Action call in calls)
            Assert.Contains($"'{closed}'", Assert.Throws<ObjectDisposedException>(call).Message, StringComparison.Ordinal);

        // The borrowed handle is not closed, but its number is.
        var stale = Assert.Throws<UnpException>(() => poller.Add(Fd.Borrow(Kernel.Number(closed)), PollEvents.Readable));
        Assert.Equal(Errno.EBADF, stale.Errno);
        Assert.Contains($"(fd {Kernel.Number(closed)})", stale.Message, StringComparison.Ordinal);
        Assert.Equal(0, poller.Count);
        AssertSleeps(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Modify_rejects_closed_descriptor_before_and_after_wait(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        Fd gone = Kernel.Apart(Loopback.Datagram());
        PollRegistration dead = poller.Add(gone, PollEvents.Readable);
        gone.Dispose();
        for (int i = 0; i < 2; i++)
        {
            var refused = Assert.Throws<ObjectDisposedException>(() => poller.Modify(dead, PollEvents.Writable));
            Assert.Contains($"'{gone}'", refused.Message, StringComparison.Ordinal);
            AssertQuiet(poller);
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Empty_buffer_and_negative_timeout_are_rejected(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using var pair = StreamPair.Unix(out Fd first, out _);
        poller.Add(first, PollEvents.Writable);
        Assert.Throws<ArgumentException>("events", () => poller.Wait([]));
        foreach (TimeSpan timeout in (TimeSpan[])[TimeSpan.FromTicks(-1), TimeSpan.FromSeconds(-1), TimeSpan.MinValue])
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>("timeout", () => poller.Wait(new PollEvent[1], timeout));
            Assert.Equal(timeout, refused.ActualValue);
            Assert.Throws<ArgumentOutOfRangeException>("value", () => poller.SpinPeriod = timeout);
        }
        Assert.Equal(TimeSpan.Zero, poller.SpinPeriod);
        WaitForOne(poller);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Disposed_poller_rejects_calls_and_keeps_descriptors_open(string mechanism)
    {
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        var poller = Poller.Create(mechanism);
        PollRegistration registration = poller.Add(first, PollEvents.Writable);
        poller.Dispose();
        poller.Dispose();
        Assert.Equal((0, false, true), (poller.Count, registration.IsAdded, Kernel.IsOpen(Kernel.Number(first))));
        Action[] calls =
        [
            () => poller.Add(second, PollEvents.Readable),
            () => poller.Add(second, PollEvents.Readable, 7),
            () => poller.Modify(registration, PollEvents.Readable),
            () => poller.Remove(registration),
            () => poller.Find(first),
            () => poller.Wait(new PollEvent[1], TimeSpan.Zero),
            poller.Wake,
        ];
        foreach (Action call in calls)
            Assert.Contains(poller.GetType().Name, Assert.Throws<ObjectDisposedException>(call).Message, StringComparison.Ordinal);

        using var next = Poller.Create(mechanism);
        next.Add(first, PollEvents.Writable);
        WaitForOne(next);
    }

    [Fact]
    public void Select_rejects_descriptor_1024_and_keeps_working()
    {
        using var poller = new SelectPoller();
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        using Fd high = HighDescriptor.Of(first);
        PollRegistration live = poller.Add(second, PollEvents.Writable);
        Assert.Equal((true, false), (poller.Fits(first), poller.Fits(high)));
        for (int i = 0; i < 2; i++)
        {
            var refused = Assert.Throws<ArgumentOutOfRangeException>(() => poller.Add(high, PollEvents.Readable));
            Assert.Equal((nint)Kernel.Number(high), refused.ActualValue);
            Assert.Contains("Use poll or epoll", refused.Message, StringComparison.Ordinal);
            Assert.Null(poller.Find(high));
            Assert.Equal(1, poller.Count);
            Assert.Same(live, WaitForOne(poller).Registration);
        }
        poller.Remove(live);
        AssertSleeps(poller);
        Assert.Same(poller.Add(first, PollEvents.Writable), WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Create_without_free_descriptor_fails_and_leaks_none(string mechanism)
    {
        Poller.Create(mechanism).Dispose();
        using var limit = new DescriptorLimit();
        Assert.Equal(Errno.EMFILE, Assert.Throws<UnpException>(() => Poller.Create(mechanism)).Errno);
        limit.FreeOne();
        if (mechanism == "epoll")
            Assert.Equal(Errno.EMFILE, Assert.Throws<UnpException>(() => Poller.Create(mechanism)).Errno); // epoll needs two descriptors
        else
            Poller.Create(mechanism).Dispose();
    }
}
