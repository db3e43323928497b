using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A batch of datagrams that <see cref="Libunp.Sendmmsg"/> sends or <see cref="Libunp.Recvmmsg"/> receives in one system call. Its buffers,
/// addresses and control data are allocated once and reused. Only one thread at a time may use a batch.
/// </summary>
/// <remarks>
/// A received batch can be sent again without changes. Each datagram is then sent to its <see cref="BatchMessage.Address"/>, which is its
/// sender. Received control messages are not sent; use <see cref="BatchMessage.SetControl"/> to add some.
/// </remarks>
public sealed unsafe class MessageBatch
{
    readonly BatchMessage[] messages;

    // Pinned, because the structures in headers point into the other arrays.
    readonly mmsghdr[] headers;
    readonly iovec[] pieces;
    readonly SockAddr[] addresses;
    readonly byte[] data;
    readonly byte[] control;
    readonly int controlStride;

    // Per message, the number of control bytes to send, and the number of control bytes received.
    readonly int[] controlToSend;
    readonly int[] controlReceived;

    /// <summary>Creates a batch and allocates its buffers.</summary>
    /// <param name="count">The number of messages: 1 to 1024 (<see cref="IOV_MAX"/>), the maximum of Linux per call.</param>
    /// <param name="size">The size of each message's buffer in bytes.</param>
    /// <param name="controlSize">
    /// The size of each message's buffer for control messages in bytes, from <see cref="ControlSpace"/>; 0 for none.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or the buffers would exceed 2 GB.</exception>
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

    /// <summary>Gets the number of messages.</summary>
    public int Count => headers.Length;

    /// <summary>Gets the size of each message's buffer in bytes.</summary>
    public int Size { get; }

    /// <summary>Gets the size of each message's buffer for control messages in bytes.</summary>
    public int ControlSize { get; }

    /// <summary>Gets a message, for reading and writing.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is out of range.</exception>
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
        throw new ArgumentOutOfRangeException(
            nameof(index), index, $"The batch has {Count} messages. Use an index from 0 to {Count - 1}.");

    internal ref uint Length(int index) => ref headers[index].msg_len;

    internal int Flags(int index) => headers[index].msg_hdr.msg_flags;

    internal ref SockAddr Address(int index) => ref addresses[index];

    internal Span<byte> Buffer(int index) => data.AsSpan(index * Size, Size);

    internal Span<byte> ControlBuffer(int index) => control.AsSpan(index * controlStride, ControlSize);

    internal ReadOnlySpan<byte> ControlReceived(int index) => ControlBuffer(index)[..controlReceived[index]];

    internal ref int ControlToSend(int index) => ref controlToSend[index];

    /// <summary>Prepares the structures of all messages for a receive.</summary>
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

    /// <summary>Takes the results of a receive. Closes received descriptors, because a batch does not return them.</summary>
    internal void Received(int count, int flags)
    {
        for (int i = 0; i < count; i++)
        {
            ref msghdr header = ref headers[i].msg_hdr;
            addresses[i].SetReceivedLength(header.msg_namelen);
            header.msg_flags &= ~Libunp.CloseOnExecControl;
            controlReceived[i] = (int)header.msg_controllen;
            if (controlReceived[i] == 0)
                continue;
            var facts = new MessageFacts();
            Libunp.TakeDescriptors(ControlBuffer(i)[..controlReceived[i]], flags, default, ref facts);
            facts.Pidfd?.Dispose();
        }
    }

    /// <summary>Prepares the structures of messages for a send.</summary>
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
