namespace Unp.Net.Tests.Polling;

/// <summary>
/// Tests that files and directories are always readable and writable. epoll refuses them, so the poller reports them itself.
/// </summary>
public class PollerFileTests : PollerSuite
{
    const PollEvents Both = PollEvents.Readable | PollEvents.Writable;

    public static TheoryData<string, string> Files =>
        [.. Mechanisms.SelectMany(_ => (string[])["file", "directory", "/dev/null"], (row, file) => (row.Data, file))];

    [Theory, MemberData(nameof(Files))]
    public void Files_are_ready_at_once_for_requested_events(string mechanism, string file)
    {
        using var directory = new TempDirectory();
        using var poller = Poller.Create(mechanism);
        using Fd fd = file switch
        {
            "file" => Open(directory["file"], O_RDWR | O_CREAT, 0x180),
            "directory" => Open(directory["."], O_RDONLY),
            _ => Open(file, O_RDWR),
        };
        PollRegistration registration = poller.Add(fd, Both);
        Assert.Equal((registration, Both), (WaitForOne(poller).Registration, WaitForOne(poller).Events));
        foreach (PollEvents interest in (PollEvents[])[PollEvents.Readable, PollEvents.Writable, Both])
        {
            poller.Modify(registration, interest | PollEvents.Priority);
            Assert.Equal(interest, WaitForOne(poller).Events);
        }
        poller.Modify(registration, PollEvents.Priority);
        AssertSleeps(poller);
        poller.Remove(registration);
        Assert.Same(poller.Add(fd, PollEvents.Readable), WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void File_and_socket_are_reported_and_neither_starves(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using Fd null1 = Open("/dev/null", O_RDWR), null2 = Open("/dev/null", O_RDWR);
        using var pair = StreamPair.Unix(out Fd first, out Fd second);
        Fd[] all = [null1, first, null2, second];
        foreach (Fd fd in all)
            poller.Add(fd, PollEvents.Writable, fd);
        foreach (int room in (int[])[4, 5, 16])
        {
            IEnumerable<Fd> found = Wait(poller, room: room).Select(reported => (Fd)reported.State!);
            Assert.Equal(all.OrderBy(Kernel.Number), found.OrderBy(Kernel.Number));
        }
        foreach (int room in (int[])[1, 2, 3])
        {
            var turns = all.ToDictionary(fd => fd, _ => 0);
            for (int i = 0; i < 120; i++)
            {
                PollEvent[] reported = Wait(poller, room: room);
                Assert.Equal(room, reported.Length);
                Assert.Equal(room, reported.DistinctBy(each => each.Registration).Count());
                foreach (PollEvent each in reported)
                    turns[(Fd)each.State!]++;
            }
            Assert.All(turns.Values, count => Assert.InRange(count, 20 * room, 60 * room));
        }
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Closed_file_is_no_longer_reported(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        Fd gone = Kernel.Apart(Open("/dev/null", O_RDWR));
        PollRegistration dead = poller.Add(gone, Both);
        using Fd stays = Open("/dev/null", O_RDWR);
        PollRegistration live = poller.Add(stays, Both);
        gone.Dispose();
        Limit.Until(() => Wait(poller).All(reported => reported.Registration == live) && poller.Count == 1, "the closed one was found");
        Assert.Same(live, WaitForOne(poller).Registration);
        poller.Remove(live);
        AssertSleeps(poller);
        poller.Remove(dead);

        using Fd next = Kernel.Take(Kernel.Number(gone), stays);
        AssertQuiet(poller);
        Assert.Same(poller.Add(next, Both), WaitForOne(poller).Registration);
    }

    [Theory, MemberData(nameof(Mechanisms))]
    public void Many_files_are_added_and_removed_in_any_order(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        Fd[] files = [.. Enumerable.Range(0, 30).Select(_ => Open("/dev/null", O_RDWR))];
        try
        {
            List<PollRegistration> added = [.. files.Select(fd => poller.Add(fd, Both))];
            foreach (int place in (int[])[29, 0, 14, 14, 25, 0, 5])
            {
                poller.Remove(added[place]);
                added.RemoveAt(place);
                Assert.Equal(added.ToHashSet(), Wait(poller, room: 64).Select(reported => reported.Registration).ToHashSet());
            }
        }
        finally
        {
            foreach (Fd fd in files)
                fd.Dispose();
        }
    }

    [Theory, MemberData(nameof(Edged))]
    public void File_has_one_edge_and_one_shot(string mechanism)
    {
        using var poller = Poller.Create(mechanism);
        using Fd fd = Open("/dev/null", O_RDWR);
        PollRegistration registration = poller.Add(fd, Both, mode: PollMode.EdgeTriggered);
        foreach (PollMode mode in (PollMode[])[PollMode.EdgeTriggered, PollMode.OneShot])
        {
            poller.Modify(registration, Both, mode);
            Assert.Equal(Both, WaitForOne(poller).Events);
            AssertSleeps(poller);
        }
        poller.Modify(registration, Both, PollMode.LevelTriggered);
        Assert.Equal(Both, WaitForOne(poller).Events);
        Assert.Equal(Both, WaitForOne(poller).Events);
    }

    [Fact]
    public void Exclusive_file_is_reported_in_every_wait()
    {
        using var poller = new EpollPoller();
        using Fd fd = Open("/dev/null", O_RDWR);
        poller.Add(fd, Both, mode: PollMode.Exclusive);
        Assert.Equal(Both, WaitForOne(poller).Events);
        Assert.Equal(Both, WaitForOne(poller).Events);
    }
}
