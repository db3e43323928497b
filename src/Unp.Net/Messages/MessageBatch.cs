using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Datagrams for <see cref="Libunp.Sendmmsg"/> and <see cref="Libunp.Recvmmsg"/>, many in one system call: their buffers, addresses and control data,
/// made once and used again and again without allocating. One thread at a time uses it.
/// </summary>
/// <remarks>
/// What was received can be sent as it is: each datagram goes back, or on, to the address that stands beside it. Control messages that came are not
/// sent; those to send are given by <see cref="BatchMessage.SetControl"/>.
/// </remarks>
public sealed unsafe class MessageBatch
{
    readonly BatchMessage[] messages;

    // Pinned: the kernel's structures point into the others, from the constructor on.
    readonly mmsghdr[] headers;
    readonly iovec[] pieces;
    readonly SockAddr[] addresses;
    readonly byte[] data;
    readonly byte[] control;
    readonly int controlStride;

    // What to send of each control room; what is there to be read.
    readonly int[] controlToSend;
    readonly int[] controlReceived;

    /// <summary>Makes room for messages.</summary>
    /// <param name="count">How many, 1 to 1024 (<see cref="IOV_MAX"/>), which is the most that Linux takes in one call.</param>
    /// <param name="size">The bytes of each one's buffer.</param>
    /// <param name="controlSize">The bytes of each one's room for control messages, by <see cref="ControlSpace"/>; 0 for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not one of these, or there would be more than 2 GB of buffers.</exception>
    public MessageBatch(int count, int size, int controlSize = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, IOV_MAX);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * size, Array.MaxLength, nameof(size));
        ArgumentOutOfRangeException.ThrowIfNegative(controlSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)count * (controlSize + sizeof(ulong)), Array.MaxLength, nameof(controlSize));
        Size = size;
        ControlSize = controlSize;
        controlStride = Abi.ControlLayout.Align(controlSize);
        messages = [.. Enumerable.Range(0, count).Select(index => new BatchMessage(this, index))];
        headers = GC.AllocateArray<mmsghdr>(count, pinned: true);
        pieces = GC.AllocateArray<iovec>(count, pinned: true);
        addresses = GC.AllocateArray<SockAddr>(count, pinned: true);
        data = GC.AllocateArray<byte>(count * size, pinned: true);
        control = GC.AllocateArray<byte>(count * controlStride, pinned: true);
        controlToSend = new int[count];
        controlReceived = new int[count];
    }

    /// <summary>How many messages it has room for.</summary>
    public int Count => headers.Length;

    /// <summary>The bytes of each one's buffer.</summary>
    public int Size { get; }

    /// <summary>The bytes of each one's room for control messages.</summary>
    public int ControlSize { get; }

    /// <summary>A message, to be read or written.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is none of these.</exception>
    public BatchMessage this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                ThrowNoSuch(index);
            return messages[index];
        }
    }

    void ThrowNoSuch(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"The batch has {Count} messages.");

    internal ref uint Length(int index) => ref headers[index].msg_len;

    internal int Flags(int index) => headers[index].msg_hdr.msg_flags;

    internal ref SockAddr Address(int index) => ref addresses[index];

    internal Span<byte> Buffer(int index) => data.AsSpan(index * Size, Size);

    internal Span<byte> ControlRoom(int index) => control.AsSpan(index * controlStride, ControlSize);

    internal ReadOnlySpan<byte> ControlReceived(int index) => ControlRoom(index)[..controlReceived[index]];

    internal ref int ControlToSend(int index) => ref controlToSend[index];

    /// <summary>The structures of messages that will be received, room for everything.</summary>
    internal Span<mmsghdr> ToReceive()
    {
        for (int i = 0; i < headers.Length; i++)
        {
            pieces[i] = Piece(i, Size);
            headers[i].msg_hdr = new msghdr
            {
                msg_name = Start(ref addresses[i]),
                msg_namelen = SockAddr.Capacity,
                msg_iov = Start(ref pieces[i]),
                msg_iovlen = 1,
                msg_control = ControlStart(i, ControlSize),
                msg_controllen = (nuint)ControlSize,
            };
            controlToSend[i] = 0;
            controlReceived[i] = 0;
        }
        return headers;
    }

    /// <summary>Takes what the kernel wrote, and closes the descriptors that came: a batch has nobody to own them.</summary>
    internal void Received(int count, int flagsOfOurs)
    {
        for (int i = 0; i < count; i++)
        {
            ref msghdr header = ref headers[i].msg_hdr;
            addresses[i].SetReceivedLength(header.msg_namelen);
            header.msg_flags &= ~flagsOfOurs;
            controlReceived[i] = (int)header.msg_controllen;
            if (controlReceived[i] == 0)
                continue;
            var facts = new MessageFacts();
            Libunp.TakeDescriptors(ControlRoom(i)[..controlReceived[i]], default, ref facts);
            facts.Pidfd?.Dispose();
        }
    }

    /// <summary>The structures of messages to be sent.</summary>
    internal Span<mmsghdr> ToSend(int start, int count)
    {
        for (int i = start; i < start + count; i++)
        {
            pieces[i] = Piece(i, (int)Math.Min(headers[i].msg_len, (uint)Size));
            headers[i].msg_hdr = new msghdr
            {
                msg_name = addresses[i].Length > 0 ? Start(ref addresses[i]) : null,
                msg_namelen = (uint)addresses[i].Length,
                msg_iov = Start(ref pieces[i]),
                msg_iovlen = 1,
                msg_control = ControlStart(i, controlToSend[i]),
                msg_controllen = (nuint)controlToSend[i],
            };
        }
        return headers.AsSpan(start, count);
    }

    iovec Piece(int index, int length) => new()
    {
        iov_base = length == 0 ? null : Start(ref data[index * Size]),
        iov_len = (nuint)length,
    };

    void* ControlStart(int index, int length) => length == 0 ? null : Start(ref control[index * controlStride]);

    static T* Start<T>(ref T element)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref element);
}
