using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>Tests that control messages have the layout of each system's macros.</summary>
public class ControlLayoutTests
{
    /// <summary>
    /// Lengths of data around every boundary, including a descriptor, ucred, in6_pktinfo, scm_timestamping and 253 descriptors.
    /// </summary>
    static readonly int[] Lengths = [.. Enumerable.Range(0, 33), 48, 1012];

    public static TheoryData<string> OnLinux => LinuxTests.Names;

    public static TheoryData<string> OnBsd => BsdTests.Names;

    public static TheoryData<string> Systems => [.. Enum.GetNames<UnixSystem>()];

    [Theory]
    [MemberData(nameof(OnLinux))]
    public void Sizes_equal_those_of_C_macros(string name)
    {
        var target = Targets.OnLinux.Single(t => t.Name == name);
        Assert.SkipUnless(Tool.IsInstalled(target.Probe.Compiler), $"{target.Probe.Compiler} is missing: {target.Packages}");
        NamedValue[] values = Target.On(target.Platform, () => (NamedValue[])
        [
            new("sizeof(struct cmsghdr)", ControlLayout.HeaderSize),
            new("CMSG_LEN(0)", ControlLayout.DataOffset),
            .. Lengths.Select(n => new NamedValue($"CMSG_ALIGN({n})", ControlLayout.Align(n))),
            .. Lengths.Select(n => new NamedValue($"CMSG_LEN({n})", ControlLayout.Len(n))),
            .. Lengths.Select(n => new NamedValue($"CMSG_SPACE({n})", ControlLayout.Space(n))),
        ]);
        AbiTable table = new(target.Platform, values, [], []);
        Expect.None(target.Probe.Check(table, []), name);
        Assert.Equal(values.Length, target.Probe.Check(table.Falsified(), []).Count);
    }

    [Theory]
    [MemberData(nameof(OnBsd))]
    public void Sizes_equal_those_of_Go(string name)
    {
        Assert.SkipUnless(GoProbe.WhatIsMissing == null, $"missing: {GoProbe.WhatIsMissing}");
        var target = Targets.OnBsd.Single(t => t.Name == name);
        string[] ours = Target.On(
            target.Platform, () => Lengths.Select(n => $"{n} {ControlLayout.Len(n)} {ControlLayout.Space(n)}").ToArray());
        Assert.Equal(ours, target.Witnesses.OfType<GoProbe>().Single().ControlSizes(Lengths));
    }

    [Theory]
    [InlineData(UnixSystem.Linux, 16, 16, 24)]
    [InlineData(UnixSystem.MacOS, 12, 12, 20)]
    [InlineData(UnixSystem.FreeBSD, 12, 16, 24)]
    public void Message_of_five_bytes_has_size_of_system(object system, int header, int data, int space) =>
        Assert.Equal(
            (header, data, space),
            On((UnixSystem)system, () => (ControlLayout.HeaderSize, ControlLayout.DataOffset, ControlLayout.Space(5))));

    [Theory]
    [InlineData(UnixSystem.Linux, new byte[] { 20, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 3, 0, 0, 0, 0xEE, 0xEE, 0xEE, 0xEE })]
    [InlineData(UnixSystem.MacOS, new byte[] { 16, 0, 0, 0, 2, 1, 0, 0, 3, 0, 0, 0, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE })]
    [InlineData(UnixSystem.FreeBSD, new byte[] { 20, 0, 0, 0, 2, 1, 0, 0, 3, 0, 0, 0, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE })]
    public void Header_is_written_in_layout_of_system_without_extra_bytes(object system, byte[] expected)
    {
        byte[] buffer = [0xEE, .. Enumerable.Repeat((byte)0xEE, expected.Length)];
        On((UnixSystem)system, () =>
        {
            ControlLayout.WriteHeader(buffer.AsSpan(1), ControlLayout.Len(4), 0x102, 3); // not aligned
            return 0;
        });
        Assert.Equal([0xEE, .. expected], buffer);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Written_header_reads_back(string system)
    {
        var (length, level, type) = On(Enum.Parse<UnixSystem>(system), () =>
        {
            byte[] buffer = new byte[1 + ControlLayout.HeaderSize];
            ControlLayout.WriteHeader(buffer.AsSpan(1), int.MaxValue, -2, int.MinValue);
            ControlLayout.ReadHeader(buffer.AsSpan(1), out nuint length, out int level, out int type);
            return (length, level, type);
        });
        Assert.Equal(((nuint)int.MaxValue, -2, int.MinValue), (length, level, type));
    }

    [Fact]
    public void Length_of_64_bits_is_read_in_full() => Assert.Equal(nuint.MaxValue, On(UnixSystem.Linux, () =>
    {
        ControlLayout.ReadHeader(Enumerable.Repeat((byte)0xFF, 16).ToArray(), out nuint length, out _, out _);
        return length;
    }));

    [Theory]
    [InlineData(UnixSystem.MacOS, 26, 26)] // three descriptors and two bytes of the fourth
    [InlineData(UnixSystem.MacOS, 12, 12)]
    [InlineData(UnixSystem.MacOS, 11, null)]
    [InlineData(UnixSystem.MacOS, 40, 32)]
    [InlineData(UnixSystem.Linux, 26, null)]
    [InlineData(UnixSystem.FreeBSD, 26, null)]
    public void Message_longer_than_buffer_is_cut_on_macOS_only(object system, int available, int? expected)
    {
        int? length = On((UnixSystem)system, int? () =>
        {
            byte[] buffer = new byte[40];
            ControlLayout.WriteHeader(buffer, ControlLayout.Len(5 * sizeof(int)), 0xFFFF, 1);
            if (!ControlLayout.TryReadHeader(buffer.AsSpan(0, available), out int length, out int level, out int type))
                return null;
            Assert.Equal((0xFFFF, 1), (level, type));
            Assert.Equal(length, ControlLayout.Step(length, available));
            return length;
        });
        Assert.Equal(expected, length);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Buffer_shorter_than_header_is_neither_read_nor_written(string system)
    {
        var parsed = Enum.Parse<UnixSystem>(system);
        byte[] buffer = On(parsed, () => new byte[ControlLayout.HeaderSize - 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => On(parsed, () =>
        {
            ControlLayout.ReadHeader(buffer, out _, out _, out _);
            return 0;
        }));
        Assert.Throws<ArgumentOutOfRangeException>(() => On(parsed, () =>
        {
            ControlLayout.WriteHeader(buffer, 0, 0, 0);
            return 0;
        }));
        Assert.All(buffer, b => Assert.Equal(0, b));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Size_beyond_int_throws_OverflowException(string system)
    {
        var parsed = Enum.Parse<UnixSystem>(system);
        Assert.Throws<OverflowException>(() => On(parsed, () => ControlLayout.Align(int.MaxValue)));
        Assert.Throws<OverflowException>(() => On(parsed, () => ControlLayout.Len(int.MaxValue)));
        Assert.Throws<OverflowException>(() => On(parsed, () => ControlLayout.Space(int.MaxValue - 12)));
    }

    static T On<T>(UnixSystem system, Func<T> read) => Target.On(new(system, Architecture.X64), read);
}
