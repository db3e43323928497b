using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Unp.Net.Abi;

namespace Unp.Net.Tests.Messages;

/// <summary>
/// Tests with random control data at the end of a page. The next page is not readable, so reading beyond the data would end the process.
/// </summary>
public sealed unsafe partial class MalformedControlTests : IDisposable
{
    const int PageSize = 65_536; // a multiple of the page size of any system
    const int HeaderSize = 16;

    // These numbers are never open, because they exceed the limit of descriptors.
    const int NoDescriptor = 0x7FFF_FF00;

    readonly byte* pages = Map();

    static readonly Gen<long> Lengths = Gen.OneOf(
        Gen.Elements(
            0L, -1, 1, 15, 16, 17, 20, 24, 28, 40, 64, int.MaxValue, (long)int.MaxValue + 1, uint.MaxValue, long.MaxValue,
            long.MinValue, -16, -8),
        Gen.Choose(0, 200).Select(length => (long)length));

    static readonly Gen<(int Level, int Type)> Kinds = Gen.Elements(
        (SOL_SOCKET, SCM_RIGHTS), (SOL_SOCKET, SCM_PIDFD), (SOL_SOCKET, SCM_CREDENTIALS), (SOL_SOCKET, SCM_TIMESTAMP),
        (SOL_SOCKET, SCM_TIMESTAMPNS),
        (SOL_SOCKET, SCM_TIMESTAMPING), (IPPROTO_IP, IP_PKTINFO), (IPPROTO_IP, IP_TTL), (IPPROTO_IP, IP_TOS), (IPPROTO_IP, IP_RECVERR),
        (IPPROTO_IPV6, IPV6_RECVERR), (IPPROTO_IPV6, IPV6_PKTINFO), (IPPROTO_IPV6, IPV6_HOPLIMIT), (IPPROTO_UDP, UDP_GRO), (-1, -1));

    /// <summary>Creates messages with possibly wrong lengths at possibly unaligned offsets, cut off at any byte.</summary>
    static readonly Gen<byte[]> Messages =
        from parts in Gen.ArrayOf(
            from length in Lengths
            from kind in Kinds
            from data in Gen.ArrayOf(Gen.Choose(0, 255))
            from padding in Gen.Choose(0, 9)
            select Message(length, kind, data, padding))
        from cut in Gen.Choose(0, 12)
        let all = parts.SelectMany(part => part).ToArray()
        select all[..Math.Max(0, all.Length - cut)];

    static readonly Gen<byte[]> Noise = Gen.ArrayOf(Gen.Choose(0, 255)).Select(bytes => bytes.Select(b => (byte)b).ToArray());

    public void Dispose() => Assert.Equal(0, munmap(pages, 2 * PageSize));

    [Fact]
    public void Reader_stays_inside_buffer_of_any_content() => ForAll(Gen.OneOf(Messages, Noise), bytes =>
    {
        Span<byte> control = AtTheEnd(bytes);
        int total = 0, count = 0;
        foreach (ControlMessage message in new ControlMessages(control))
        {
            total += HeaderSize + message.Data.Length;
            count++;
            ReadAll(message);
        }
        return total <= bytes.Length && count <= bytes.Length / HeaderSize;
    });

    [Fact]
    public void Reader_finds_messages_of_writer() => ForAll(Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 255))), data =>
    {
        var writer = new ControlWriter(new byte[data.Sum(one => ControlSpace.Of(one.Length))]);
        for (int i = 0; i < data.Length; i++)
            writer.Add(i, -i, data[i].Select(b => (byte)b).ToArray());
        int found = 0;
        foreach (ControlMessage message in new ControlMessages(AtTheEnd(writer.Written)))
        {
            bool same = message.Level == found && message.Type == -found
                && message.Data.SequenceEqual(data[found].Select(b => (byte)b).ToArray());
            found++;
            if (!same)
                return false;
        }
        return found == data.Length;
    });

    [Fact]
    public void Each_descriptor_is_taken_once_and_missing_ones_never() => ForAll(Messages, bytes =>
    {
        Span<byte> control = AtTheEnd(bytes);
        MakeHarmless(control);
        int there = 0;
        foreach (ControlMessage message in new ControlMessages(control))
        {
            if (message.Level == SOL_SOCKET && message.Type == SCM_RIGHTS)
                there += message.Data.Length / sizeof(int);
        }
        var facts = new MessageFacts();
        Fd[] room = new Fd[3];
        Libunp.TakeDescriptors(control, 0, room, ref facts);
        facts.Pidfd?.SetHandleAsInvalid();
        foreach (Fd fd in room.AsSpan(0, facts.DescriptorCount))
            fd.SetHandleAsInvalid();
        bool right = facts.DescriptorCount == Math.Min(there, 3) && facts.DescriptorCount + facts.DescriptorsClosed == there;

        var again = new MessageFacts();
        Libunp.TakeDescriptors(control, 0, default, ref again);
        return right && again is { DescriptorCount: 0, DescriptorsClosed: 0, Pidfd: null };
    });

    /// <summary>
    /// The data contains no number of an open descriptor, because the code under test closes the descriptors that it takes.
    /// </summary>
    static void MakeHarmless(Span<byte> control)
    {
        while (ControlLayout.TryReadHeader(control, out int length, out int level, out int type))
        {
            if (level == SOL_SOCKET && (type == SCM_RIGHTS || type == SCM_PIDFD))
                MemoryMarshal.Cast<byte, int>(control[HeaderSize..length]).Fill(NoDescriptor);
            control = control[Math.Min(ControlLayout.Align(length), control.Length)..];
        }
    }

    static void ReadAll(in ControlMessage message)
    {
        message.TryGetHopLimit(out _);
        message.TryGetTrafficClass(out _);
        message.TryGetSegmentSize(out _);
        message.TryGetTimestamp(out _);
        message.TryGetTimestamps(out _);
        message.TryGetCredentials(out _);
        message.TryGetError(out _);
        PacketInfo.TryFind(message.Data, out _);
        int sum = 0;
        foreach (byte b in message.Data)
            sum += b;
        Assert.True(sum >= 0);
    }

    static byte[] Message(long length, (int Level, int Type) kind, int[] data, int padding)
    {
        byte[] bytes = new byte[HeaderSize + data.Length + padding];
        MemoryMarshal.Write(bytes, length);
        MemoryMarshal.Write(bytes.AsSpan(8), kind.Level);
        MemoryMarshal.Write(bytes.AsSpan(12), kind.Type);
        for (int i = 0; i < data.Length; i++)
            bytes[HeaderSize + i] = (byte)data[i];
        return bytes;
    }

    static void ForAll<T>(Gen<T> values, Func<T, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true), Prop.ForAll(Arb.From(values), holds));

    /// <summary>Copies the bytes to the end of a page. The next page is not readable.</summary>
    Span<byte> AtTheEnd(ReadOnlySpan<byte> bytes)
    {
        var place = new Span<byte>(pages + PageSize - bytes.Length, bytes.Length);
        bytes.CopyTo(place);
        return place;
    }

    static byte* Map()
    {
        byte* pages = mmap(null, 2 * PageSize, 3, 0x22, -1, 0); // PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS
        Assert.Equal(0, mprotect(pages + PageSize, PageSize, 0));
        return pages;
    }

    [LibraryImport("libc")]
    private static partial byte* mmap(void* address, nuint length, int protection, int flags, int fd, long offset);

    [LibraryImport("libc")]
    private static partial int mprotect(void* address, nuint length, int protection);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);
}
