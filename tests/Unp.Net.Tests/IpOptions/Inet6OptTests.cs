namespace Unp.Net.Tests.IpOptions;

/// <summary>Tests the hop-by-hop and destination options of IPv6 against glibc's functions.</summary>
public unsafe class Inet6OptTests
{
    // Fixed, so that a failure is repeated.
    readonly Random random = new(1);

    [Fact]
    public void Header_is_built_as_by_glibc()
    {
        CLibrary.Require();
        for (int i = 0; i < 1000; i++)
        {
            var options = new (byte Type, int Length, int Align)[random.Next(6)];
            foreach (ref var option in options.AsSpan())
            {
                option.Align = 1 << random.Next(4);
                option.Length = random.Next(option.Align, 40);
                option.Type = (byte)random.Next(2, 256);
            }
            byte[] ours = new byte[Build(default, options)], theirs = new byte[ours.Length];
            Assert.Equal(ours.Length, Build(ours, options));
            fixed (byte* buffer = theirs)
            {
                Assert.Equal(ours.Length, BuildByC(null, 0, options));
                Assert.Equal(ours.Length, BuildByC(buffer, (uint)theirs.Length, options));
            }
            Assert.Equal(theirs, ours);
        }
    }

    /// <summary>glibc takes a negative offset for a large one, which these functions refuse.</summary>
    [Fact]
    public void Wrong_arguments_are_refused_as_by_glibc()
    {
        CLibrary.Require();
        byte[] ours = new byte[64], theirs = new byte[64];
        for (int i = 0; i < 5000; i++)
        {
            int size = random.Next(65), offset = random.Next(70), length = random.Next(300), align = random.Next(10);
            byte type = (byte)random.Next(8);
            fixed (byte* buffer = theirs)
            {
                // C has a null pointer for an empty span. Our functions also limit a header that is only measured.
                byte* place = size == 0 ? null : buffer, data;
                Assert.Equal(CLibrary.inet6_opt_init(place, (uint)size), inet6_opt_init(ours.AsSpan(0, size)));
                Assert.Equal(
                    CLibrary.inet6_opt_append(place, (uint)size, offset, type, (uint)length, (byte)align, &data),
                    inet6_opt_append(ours.AsSpan(0, size), offset, type, length, align, out _));
                Assert.Equal(
                    CLibrary.inet6_opt_finish(place, (uint)size, offset), inet6_opt_finish(ours.AsSpan(0, size), offset));
            }
        }
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void Built_options_are_read_back()
    {
        Span<byte> header = stackalloc byte[24];
        int offset = Inet6_opt_init(header);
        offset = Inet6_opt_append(header, offset, 0x3e, 5, 4, out Span<byte> databuf);
        Assert.Equal(4, Inet6_opt_set_val(databuf, 0, [1, 2, 3, 4]));
        Assert.Equal(5, Inet6_opt_set_val(databuf, 4, [5]));
        offset = Inet6_opt_append(header, offset, 0x1e, 8, 8, out databuf);
        Inet6_opt_set_val(databuf, 0, [8, 7, 6, 5, 4, 3, 2, 1]);
        Assert.Equal(24, Inet6_opt_finish(header, offset));

        Assert.Equal(9, offset = Inet6_opt_next(header, 0, out byte type, out ReadOnlySpan<byte> data));
        Assert.Equal(0x3e, type);
        Span<byte> value = stackalloc byte[2];
        Assert.Equal(5, Inet6_opt_get_val(data, 3, value));
        Assert.Equal([4, 5], value.ToArray());
        Assert.Equal(24, offset = Inet6_opt_next(header, offset, out type, out data));
        Assert.Equal(0x1e, type);
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], data.ToArray());
        Assert.Equal(-1, Inet6_opt_next(header, offset, out _, out data));
        Assert.True(data.IsEmpty);

        Assert.Equal(24, Inet6_opt_find(header, 0, 0x1e, out data));
        Assert.Equal(8, data.Length);
        Assert.Equal(-1, Inet6_opt_find(header, 9, 0x3e, out _));
        Assert.Equal(-1, inet6_opt_find(header, 9, 0x3e, out _));
        Assert.Equal(Errno.ENOENT, Errno.Last);
    }

    /// <summary>glibc reads the length byte of an option that begins with the last byte, so the buffer ends with a byte for it.</summary>
    [Fact]
    public void Random_bytes_are_read_as_by_glibc()
    {
        CLibrary.Require();
        byte[] bytes = new byte[33];
        for (int i = 0; i < Count(3000); i++)
        {
            random.NextBytes(bytes);
            for (int j = random.Next(4); j < bytes.Length; j += 1 + random.Next(4))
                bytes[j] = (byte)random.Next(8);
            bytes[^1] = byte.MaxValue;
            int size = bytes.Length - 1;
            byte wanted = (byte)random.Next(4);
            fixed (byte* buffer = bytes)
            {
                for (int offset = 0; offset >= 0;)
                {
                    byte type;
                    uint length, found = 0;
                    byte* data, foundData = null;
                    int next = CLibrary.inet6_opt_next(buffer, (uint)size, offset, &type, &length, &data);
                    Assert.Equal(next, inet6_opt_next(bytes.AsSpan(0, size), offset, out byte ourType, out ReadOnlySpan<byte> ourData));
                    if (next >= 0)
                    {
                        Assert.Equal(type, ourType);
                        Assert.Equal(new ReadOnlySpan<byte>(data, (int)length), ourData);
                    }
                    int end = CLibrary.inet6_opt_find(buffer, (uint)size, offset, wanted, &found, &foundData);
                    int ourEnd = inet6_opt_find(bytes.AsSpan(0, size), offset, wanted, out ourData);

                    // Unlike glibc, our functions refuse padding that lies about its length.
                    if (ourEnd >= 0 || end <= size)
                        Assert.Equal(end, ourEnd);
                    if (ourEnd >= 0)
                        Assert.Equal(new ReadOnlySpan<byte>(foundData, (int)found), ourData);
                    offset = next;
                }
            }
        }
    }

    [Theory]
    [InlineData("0000", 2, -1)] // no option
    [InlineData("00003e", 0, 0)] // no length byte
    [InlineData("00003e01", 0, 0)] // no data
    [InlineData("00003e0400000000", 0, 8)]
    [InlineData("00003e0500000000", 0, 0)] // a byte too much
    [InlineData("0000010500000000", 0, 0)] // padding too
    [InlineData("0000010400000000", 0, -1)]
    [InlineData("00003e0400000000", 1, 0)] // inside the header
    [InlineData("00003e0400000000", -1, 0)]
    [InlineData("00003e0400000000", int.MaxValue, -1)]
    public void Incomplete_option_throws(string hex, int offset, int end)
    {
        byte[] header = Convert.FromHexString(hex);
        if (end != 0)
        {
            Assert.Equal(end, Inet6_opt_next(header, offset, out _, out _));
            Assert.Equal(end, Inet6_opt_find(header, offset, 0x3e, out _));
            return;
        }
        Assert.Equal(-1, inet6_opt_next(header, offset, out _, out _));
        Assert.Equal(Errno.EINVAL, Errno.Last);
        Assert.Equal(
            $"inet6_opt_next error: Invalid argument (incomplete option after offset {offset} of {header.Length})",
            Assert.Throws<UnpException>(() => Inet6_opt_next(header, offset, out _, out _)).Message);
        Assert.Throws<UnpException>(() => Inet6_opt_find(header, offset, 0x3e, out _));
    }

    [Fact]
    public void Errors_name_arguments()
    {
        Assert.Equal(
            "inet6_opt_init error: Invalid argument (a buffer of 12 bytes)",
            Assert.Throws<UnpException>(() => Inet6_opt_init(new byte[12])).Message);
        Assert.Equal(
            "inet6_opt_append error: Invalid argument (type 62, 4 bytes aligned to 4, at offset 2 of 4)",
            Assert.Throws<UnpException>(() => Inet6_opt_append(new byte[4], 2, 62, 4, 4, out _)).Message);
        Assert.Equal(
            "inet6_opt_finish error: Invalid argument (offset 9 of 8)",
            Assert.Throws<UnpException>(() => Inet6_opt_finish(new byte[8], 9)).Message);
        Assert.Equal(
            "inet6_opt_set_val error: Invalid argument (2 bytes at offset 3 of 4)",
            Assert.Throws<UnpException>(() => Inet6_opt_set_val(new byte[4], 3, [1, 2])).Message);
        Assert.Equal(
            "inet6_opt_get_val error: Invalid argument (2 bytes at offset -1 of 4)",
            Assert.Throws<UnpException>(() => Inet6_opt_get_val(new byte[4], -1, new byte[2])).Message);
        Assert.Equal(-1, inet6_opt_append(default, -2, 62, 8, 1, out _));
        Assert.Equal(-1, inet6_opt_finish(default, -2));
        Assert.Equal(-1, inet6_opt_append(default, 2040, 62, 8, 1, out _)); // more than a length byte can express
        Assert.Equal(-1, inet6_opt_finish(default, int.MaxValue));
    }

    /// <summary>Returns a number of rounds, or the one that UNP_FUZZ_COUNT sets.</summary>
    internal static int Count(int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable("UNP_FUZZ_COUNT"), out int count) ? count : usual;

    static int Build(Span<byte> header, (byte Type, int Length, int Align)[] options)
    {
        int offset = Inet6_opt_init(header);
        foreach (var (type, length, align) in options)
        {
            offset = Inet6_opt_append(header, offset, type, length, align, out Span<byte> databuf);
            databuf.Fill(type);
        }
        return Inet6_opt_finish(header, offset);
    }

    static int BuildByC(byte* header, uint size, (byte Type, int Length, int Align)[] options)
    {
        int offset = CLibrary.inet6_opt_init(header, size);
        foreach (var (type, length, align) in options)
        {
            byte* data;
            offset = CLibrary.inet6_opt_append(header, size, offset, type, (uint)length, (byte)align, &data);
            if (header != null)
                new Span<byte>(data, length).Fill(type);
        }
        return CLibrary.inet6_opt_finish(header, size, offset);
    }
}
