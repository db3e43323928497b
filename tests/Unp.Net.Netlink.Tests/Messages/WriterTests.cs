namespace Unp.Net.Netlink.Tests;

/// <summary>Building messages: lengths, padding, nesting, and calls in a wrong order.</summary>
public sealed class WriterTests
{
    readonly NetlinkMessageWriter writer = new(16);

    [Fact]
    public void Written_message_reads_back()
    {
        writer.Begin(RTM_NEWLINK, NLM_F_CREATE);
        writer.WriteHeader(new ifinfomsg { ifi_index = 5 });
        writer.WriteText(IFLA_IFNAME, "veth0");
        writer.BeginNested(IFLA_LINKINFO);
        writer.WriteText(IFLA_INFO_KIND, "veth");
        writer.BeginNested(IFLA_INFO_DATA);
        writer.Write(1, (byte)7);
        writer.EndNested();
        writer.EndNested();
        writer.Write(IFLA_MTU, 1400u);
        writer.Write(99);

        ReadOnlySpan<byte> bytes = writer.Written;
        Assert.Equal(0, bytes.Length % 4);
        Assert.True(NetlinkMessage.TryRead(ref bytes, out NetlinkMessage message));
        Assert.True(bytes.IsEmpty);
        Assert.Equal(RTM_NEWLINK, message.Type);
        Assert.Equal(NLM_F_CREATE, message.Flags);
        Assert.True(message.TryGetHeader(out ifinfomsg header));
        Assert.Equal(5, header.ifi_index);
        NetlinkAttributes attributes = message.GetAttributes<ifinfomsg>();
        Assert.True(attributes.IsWellFormed);
        Assert.True(attributes.TryGet(IFLA_IFNAME, out NetlinkAttribute name));
        Assert.Equal("veth0", name.Text);
        Assert.True(attributes.TryGet(IFLA_LINKINFO, out NetlinkAttribute info));
        Assert.True(info.IsNested);
        Assert.True(info.Attributes.TryGet(IFLA_INFO_KIND, out NetlinkAttribute kind));
        Assert.Equal("veth", kind.Text);
        Assert.True(info.Attributes.TryGet(IFLA_INFO_DATA, out NetlinkAttribute data));
        Assert.True(data.Attributes.TryGet(1, out NetlinkAttribute number));
        Assert.Equal([7], number.Value.ToArray());
        Assert.True(attributes.TryGet(IFLA_MTU, out NetlinkAttribute mtu));
        Assert.Equal(1400u, mtu.ReadOrDefault<uint>());
        Assert.True(attributes.TryGet(99, out NetlinkAttribute flag));
        Assert.True(flag.Value.IsEmpty);
    }

    [Fact]
    public void Padding_is_zero_in_reused_writer()
    {
        writer.Begin(1);
        writer.Write(1, [.. Enumerable.Repeat((byte)0xff, 100)]);
        writer.Begin(1);
        writer.Write(1, [1]);
        Assert.Equal([5, 0, 1, 0, 1, 0, 0, 0], writer.Written[16..].ToArray());
    }

    [Fact]
    public void Reused_writer_allocates_nothing() => AllocationCheck.AssertFree("building a message", () =>
    {
        writer.Begin(RTM_NEWLINK);
        writer.WriteHeader(default(ifinfomsg));
        writer.BeginNested(IFLA_LINKINFO);
        writer.WriteText(IFLA_INFO_KIND, "dummy");
        writer.EndNested();
    });

    [Fact]
    public void Call_without_message_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => writer.Written.Length);
        Assert.Throws<InvalidOperationException>(() => writer.Write(1, 2));
        Assert.Throws<InvalidOperationException>(() => writer.WriteHeader(1));
        Assert.Throws<InvalidOperationException>(() => writer.BeginNested(1));
    }

    [Fact]
    public void Open_nested_attribute_is_refused()
    {
        writer.Begin(1);
        writer.BeginNested(1);
        var e = Assert.Throws<InvalidOperationException>(() => writer.Written.Length);
        Assert.Equal("1 nested attributes are open. Call EndNested for each.", e.Message);
        writer.EndNested();
        Assert.Equal([4, 0, 1, 0x80], writer.Written[16..].ToArray());
        Assert.Throws<InvalidOperationException>(writer.EndNested);
    }

    [Fact]
    public void Structure_after_attribute_is_refused()
    {
        writer.Begin(1);
        writer.Write(1, 1);
        Assert.Throws<InvalidOperationException>(() => writer.WriteHeader(default(ifinfomsg)));
    }

    [Fact]
    public void Value_longer_than_attribute_is_refused()
    {
        writer.Begin(1);
        writer.Write(1, new byte[65_531]);
        Assert.Throws<ArgumentException>(() => writer.Write(1, new byte[65_532]));
        writer.Begin(1);
        writer.BeginNested(1);
        writer.Write(1, new byte[65_524]);
        writer.Write(1);
        Assert.Throws<InvalidOperationException>(writer.EndNested);
    }

    [Fact]
    public void Seventeenth_level_is_refused()
    {
        writer.Begin(1);
        for (int i = 0; i < 16; i++)
            writer.BeginNested(1);
        Assert.Throws<InvalidOperationException>(() => writer.BeginNested(1));
    }

    [Fact]
    public void Wrong_numbers_and_text_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("type", () => writer.Begin(0x10000));
        Assert.Throws<ArgumentOutOfRangeException>("flags", () => writer.Begin(1, -1));
        writer.Begin(1);
        Assert.Throws<ArgumentOutOfRangeException>("type", () => writer.Write(-1));
        Assert.Throws<ArgumentException>("text", () => writer.WriteText(1, "a\0b"));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new NetlinkMessageWriter(15));
    }
}
