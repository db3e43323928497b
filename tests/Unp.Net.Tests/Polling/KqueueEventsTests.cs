namespace Unp.Net.Tests.Polling;

/// <summary>Tests the translation of recorded BSD kevents to poll events, and of registrations to kevent changes.</summary>
public unsafe class KqueueEventsTests
{
    const short Read = -1, Write = -2, Except = -15;
    const ushort Add = 0x1, Delete = 0x2, Enable = 0x4, Clear = 0x20, Dispatch = 0x80, Eof = 0x8000;
    const PollEvents R = PollEvents.Readable, W = PollEvents.Writable, P = PollEvents.Priority, C = PollEvents.PeerClosed;

    // Name, filter, flags, fflags, data, interest, expected events.
    public static TheoryData<string, short, int, uint, long, PollEvents, PollEvents> Recorded => new()
    {
        { "5 bytes have come", Read, Add, 0, 5, R, R },
        { "5 bytes have come, edge-triggered", Read, Add | Clear, 0, 5, R | C, R },
        { "a connection waits to be accepted", Read, Add, 0, 1, R, R },
        { "FIN, nothing left to read", Read, Add | Eof, 0, 0, R, R },
        { "FIN behind 3 bytes", Read, Add | Eof, 0, 3, R | C, R | C },
        { "FIN without Readable interest", Read, Add | Eof, 0, 0, C, C },
        { "RST: ECONNRESET", Read, Add | Eof, 54, 0, R, R | PollEvents.Error },
        { "RST, also reported as Writable", Read, Add | Eof, 54, 0, R | W, R | W | PollEvents.Error },
        { "room for 146988 bytes", Write, Add, 0, 146988, W, W },
        { "the connection is made", Write, Add | Dispatch, 0, 146988, W, W },
        { "the connection is refused: ECONNREFUSED", Write, Add | Eof, 61, 2048, W, W | PollEvents.Error },
        { "the reader of the pipe is gone", Write, Add | Eof, 0, 0, W, W },
        { "urgent data (macOS)", Except, Add, 2, 1, P, P },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Kevent_is_translated_to_poll_events(
        string what, short filter, int flags, uint fflags, long data, PollEvents interest, PollEvents reported)
    {
        var item = new kevent { ident = 7, filter = filter, flags = (ushort)flags, fflags = fflags, data = data };
        Assert.True(reported == KqueueEvents.ToPollEvents(item, interest), $"{what}: {KqueueEvents.ToPollEvents(item, interest)}");
    }

    [Fact]
    public void Registration_has_one_filter_per_kind_of_event()
    {
        Assert.Equal(["READ ADD ENABLE"], Changes(0, R));
        Assert.Equal(["READ ADD ENABLE", "WRITE ADD ENABLE"], Changes(0, R | W));
        Assert.Equal(["EXCEPT ADD ENABLE OOB"], Changes(0, P));
        Assert.Equal(["READ ADD ENABLE"], Changes(0, R | C));
        Assert.Empty(Changes(0, 0));
        Assert.Empty(Changes(0, PollEvents.HangUp | PollEvents.Error));
    }

    [Fact]
    public void PeerClosed_alone_sets_unreachable_low_water_mark() =>
        Assert.Equal(["READ ADD ENABLE LOWAT 2147483647"], Changes(0, C));

    [Fact]
    public void Modes_set_flags_of_each_filter()
    {
        Assert.Equal(["READ ADD ENABLE CLEAR", "WRITE ADD ENABLE CLEAR"], Changes(0, R | W, PollMode.EdgeTriggered));
        Assert.Equal(["READ ADD ENABLE DISPATCH"], Changes(0, R, PollMode.OneShot));
        Assert.Equal(["WRITE ADD ENABLE CLEAR DISPATCH"], Changes(0, W, PollMode.OneShot | PollMode.EdgeTriggered));
    }

    [Fact]
    public void Modify_deletes_unwanted_filters_and_rearms_others()
    {
        Assert.Equal(["READ ADD ENABLE", "WRITE DELETE"], Changes(R | W, R));
        Assert.Equal(["READ DELETE", "WRITE ADD ENABLE"], Changes(R, W));
        Assert.Equal(["READ DELETE", "WRITE DELETE", "EXCEPT DELETE"], Changes(R | W | P, 0));
    }

    [Fact]
    public void Filter_with_new_flags_is_deleted_and_added_again()
    {
        Assert.Equal(["READ DELETE", "READ ADD ENABLE CLEAR"], Changes(R, R, PollMode.EdgeTriggered, PollMode.LevelTriggered));
        Assert.Equal(["READ DELETE", "READ ADD ENABLE"], Changes(C, R));
        Assert.Equal(["READ DELETE", "READ ADD ENABLE LOWAT 2147483647"], Changes(R | C, C));
    }

    const int Token = 4711;

    static string[] Changes(PollEvents before, PollEvents interest, PollMode mode = PollMode.LevelTriggered, PollMode? modeBefore = null)
    {
        var changes = new kevent[KqueueEvents.MaxChanges];
        int count = KqueueEvents.Changes(7, Token, before, modeBefore ?? mode, interest, mode, changes);
        foreach (ref kevent change in changes.AsSpan(0, count))
        {
            Assert.Equal(7u, change.ident);
            Assert.Equal((change.flags & Add) != 0 ? Token : 0, (int)(nint)change.udata);
        }
        return [.. changes.Take(count).Select(Text)];
    }

    static string Text(kevent change)
    {
        string text = change.filter switch { Read => "READ", Write => "WRITE", _ => "EXCEPT" };
        foreach (var (flag, name) in (ReadOnlySpan<(ushort, string)>)
            [(Add, "ADD"), (Delete, "DELETE"), (Enable, "ENABLE"), (Clear, "CLEAR"), (Dispatch, "DISPATCH")])
        {
            if ((change.flags & flag) != 0)
                text += " " + name;
        }
        if (change.filter == Except && change.fflags == 2)
            text += " OOB";
        if (change.filter == Read && change.fflags == 1)
            text += $" LOWAT {change.data}";
        return text;
    }
}
