using System.Runtime.InteropServices;

namespace Unp.Net.Netlink.Tests;

/// <summary>Reading messages and attributes whose lengths are right, odd or wrong.</summary>
public sealed class ReaderTests
{
    static readonly byte[] TwoAttributes = [5, 0, 1, 0, 0xaa, 0, 0, 0, 6, 0, 2, 0, 0xbb, 0xcc];

    [Fact]
    public void Message_has_header_and_payload()
    {
        byte[] bytes = Message(RTM_NEWLINK, [1, 2, 3]);
        ReadOnlySpan<byte> rest = bytes;
        Assert.True(NetlinkMessage.TryRead(ref rest, out NetlinkMessage message));
        Assert.Equal(RTM_NEWLINK, message.Type);
        Assert.Equal(NLM_F_MULTI, message.Flags);
        Assert.Equal(7u, message.Sequence);
        Assert.Equal(9u, message.PortId);
        Assert.Equal([1, 2, 3], message.Payload.ToArray());
        Assert.Equal(19, message.Bytes.Length);
        Assert.True(rest.IsEmpty);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(0x7fffffff)]
    [InlineData(-1)]
    public void Message_with_wrong_length_is_refused(int length)
    {
        byte[] bytes = Message(RTM_NEWLINK, []);
        MemoryMarshal.Write(bytes, length);
        ReadOnlySpan<byte> rest = bytes;
        Assert.False(NetlinkMessage.TryRead(ref rest, out NetlinkMessage message));
        Assert.True(message.Bytes.IsEmpty);
        Assert.Equal(0, message.Type);
        Assert.Equal(16, rest.Length);
        Assert.False(new NetlinkMessages(bytes).IsWellFormed);
    }

    [Fact]
    public void Messages_end_before_incomplete_one()
    {
        byte[] bytes = [.. Message(20, [1, 2, 3, 4]), .. Message(21, [1, 2, 3, 4])[..^1]];
        int count = 0;
        foreach (NetlinkMessage message in new NetlinkMessages(bytes))
            count += message.Type;
        Assert.Equal(20, count);
        Assert.False(new NetlinkMessages(bytes).IsWellFormed);
    }

    [Fact]
    public void Last_attribute_may_lack_padding()
    {
        List<string> seen = Values(TwoAttributes);
        Assert.Equal(["1: AA", "2: BBCC"], seen);
        Assert.True(new NetlinkAttributes(TwoAttributes).IsWellFormed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(0xffff)]
    public void Attribute_with_wrong_length_ends_list(ushort length)
    {
        byte[] bytes = [.. TwoAttributes];
        MemoryMarshal.Write(bytes.AsSpan(8), length);
        Assert.Equal(["1: AA"], Values(bytes));
        Assert.False(new NetlinkAttributes(bytes).IsWellFormed);
        Assert.False(new NetlinkAttributes(bytes).TryGet(2, out NetlinkAttribute missing));
        Assert.True(missing.Value.IsEmpty);
    }

    [Fact]
    public void Nested_attribute_cannot_reach_outside_its_parent()
    {
        // The inner attribute states 12 bytes, of which its parent has 8; the next 4 belong to the parent's neighbour.
        byte[] bytes = [12, 0, 1, 0x80, 12, 0, 1, 0, 1, 2, 3, 4, 8, 0, 2, 0, 5, 6, 7, 8];
        Assert.True(new NetlinkAttributes(bytes).TryGet(1, out NetlinkAttribute parent));
        Assert.True(parent.IsNested);
        Assert.Equal(1, parent.Type);
        Assert.Equal(8, parent.Value.Length);
        Assert.False(parent.Attributes.MoveNext());
        Assert.False(parent.Attributes.IsWellFormed);
        Assert.True(new NetlinkAttributes(bytes).TryGet(2, out _));
    }

    [Fact]
    public void Number_is_read_at_odd_address()
    {
        byte[] bytes = [0, .. (byte[])[12, 0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8]];
        Assert.True(new NetlinkAttributes(bytes.AsSpan(1)).TryGet(1, out NetlinkAttribute attribute));
        Assert.True(attribute.TryRead(out ulong number));
        Assert.Equal(BitConverter.ToUInt64([1, 2, 3, 4, 5, 6, 7, 8]), number);
    }

    [Fact]
    public void Short_value_is_no_number()
    {
        Assert.True(new NetlinkAttributes(TwoAttributes).TryGet(2, out NetlinkAttribute attribute));
        Assert.False(attribute.TryRead(out uint number));
        Assert.Equal(0u, number);
        Assert.Equal(0u, attribute.ReadOrDefault<uint>());
        Assert.Equal(BitConverter.ToUInt16([0xbb, 0xcc]), attribute.ReadOrDefault<ushort>());
    }

    [Fact]
    public void Text_ends_at_nul_or_at_end()
    {
        Assert.True(new NetlinkAttributes([8, 0, 1, 0, (byte)'l', (byte)'o', 0, 0]).TryGet(1, out NetlinkAttribute terminated));
        Assert.Equal("lo", terminated.Text);
        Assert.True(new NetlinkAttributes([6, 0, 1, 0, (byte)'l', (byte)'o']).TryGet(1, out NetlinkAttribute bare));
        Assert.Equal("lo", bare.Text);
        Assert.Equal("", default(NetlinkAttribute).Text);
    }

    [Fact]
    public void Payload_shorter_than_structure_has_no_attributes()
    {
        ReadOnlySpan<byte> bytes = Message(RTM_NEWLINK, [1, 2, 3]);
        Assert.True(NetlinkMessage.TryRead(ref bytes, out NetlinkMessage message));
        Assert.False(message.TryGetHeader(out ifinfomsg header));
        Assert.Equal(0, header.ifi_index);
        Assert.False(message.GetAttributes<ifinfomsg>().MoveNext());
        Assert.False(message.GetAttributes(int.MaxValue - 3).MoveNext());
        Assert.False(message.GetAttributes(int.MaxValue).MoveNext());
    }

    [Fact]
    public void Random_bytes_end_without_exception()
    {
        var random = new Random(15);
        byte[] bytes = new byte[200];
        for (int round = 0; round < 50_000; round++)
        {
            random.NextBytes(bytes);
            for (int i = 0; i < bytes.Length; i += 4)
            {
                if (random.Next(3) > 0)
                    MemoryMarshal.Write(bytes.AsSpan(i), random.Next(40)); // plausible lengths and types
            }
            Walk(bytes.AsSpan(0, random.Next(bytes.Length)));
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        byte[] bytes = [.. Message(20, TwoAttributes), 0, 0, .. Message(21, TwoAttributes)];
        AllocationCheck.AssertFree("reading two messages", () => Walk(bytes));
    }

    static void Walk(ReadOnlySpan<byte> bytes)
    {
        foreach (NetlinkMessage message in new NetlinkMessages(bytes))
        {
            foreach (NetlinkAttribute attribute in message.GetAttributes(0))
            {
                attribute.TryRead(out ulong _);
                foreach (NetlinkAttribute inner in attribute.Attributes)
                    inner.TryRead(out uint _);
            }
        }
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(bytes))
            _ = attribute.Attributes.IsWellFormed;
    }

    static List<string> Values(ReadOnlySpan<byte> bytes)
    {
        List<string> values = [];
        foreach (NetlinkAttribute attribute in new NetlinkAttributes(bytes))
            values.Add($"{attribute.Type}: {Convert.ToHexString(attribute.Value)}");
        return values;
    }

    static byte[] Message(int type, ReadOnlySpan<byte> payload)
    {
        var header = new nlmsghdr
        {
            nlmsg_len = (uint)(16 + payload.Length),
            nlmsg_type = (ushort)type,
            nlmsg_flags = (ushort)NLM_F_MULTI,
            nlmsg_seq = 7,
            nlmsg_pid = 9,
        };
        return [.. MemoryMarshal.AsBytes(new ReadOnlySpan<nlmsghdr>(in header)), .. payload];
    }
}
