using System.Diagnostics;
using System.Runtime.CompilerServices;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Receiving one datagram of the kernel.
public sealed partial class NetlinkSocket
{
    /// <summary>The result of a receive.</summary>
    internal enum Arrival
    {
        /// <summary>A datagram of the kernel is in the buffer.</summary>
        Datagram,

        /// <summary>No datagram is there, or none arrived in time.</summary>
        Nothing,

        /// <summary>The kernel dropped messages, because the receive buffer was full. The following ones can be received.</summary>
        Overrun,
    }

    // A dump whose next part is always there must let the other sockets of the loop run. A datagram has up to 32 KiB.
    const int MaxDatagramsInRow = 8;

    bool isOverrun;
    int datagramsInRow;

    /// <summary>Receives a datagram. Waits for it; a wait that blocks lasts at most <see cref="Timeout"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<Arrival> ReceiveDatagramAsync(NetlinkWait wait)
    {
        if (!wait.IsBlocking && ++datagramsInRow > MaxDatagramsInRow)
            await WaitReadableAsync(wait.Token).ConfigureAwait(false);
        long start = Stopwatch.GetTimestamp();
        Arrival arrival;
        while ((arrival = ReceiveAvailable()) == Arrival.Nothing)
        {
            if (!wait.IsBlocking)
                await WaitReadableAsync(wait.Token).ConfigureAwait(false);
            else if (!WaitReadable(Timeout - Stopwatch.GetElapsedTime(start)))
                break;
        }
        return arrival;
    }

    /// <summary>Waits until a datagram can be received with <see cref="TryReceive"/>. The socket must have an event loop.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The socket has no event loop, or another wait is pending.</exception>
    /// <exception cref="ObjectDisposedException">The socket or its loop is closed, or was closed during the wait.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// netlink.Join(RTNLGRP_LINK);
    /// await netlink.WaitReadableAsync();
    /// while (netlink.TryReceive(out NetlinkMessages messages))
    /// {
    ///     foreach (NetlinkMessage message in messages)
    ///         Console.WriteLine(message.ToString());
    /// }
    /// </code>
    /// </example>
    public ValueTask WaitReadableAsync(CancellationToken cancellationToken = default)
    {
        datagramsInRow = 0;
        CheckLoop();
        return loopSocket!.WaitReadableAsync(cancellationToken);
    }

    /// <summary>Returns how an asynchronous call waits.</summary>
    /// <exception cref="InvalidOperationException">The socket has no event loop.</exception>
    internal NetlinkWait Awaiting(CancellationToken token)
    {
        CheckLoop();
        return NetlinkWait.Awaiting(token);
    }

    void CheckLoop()
    {
        if (loopSocket is null)
        {
            throw new InvalidOperationException(
                $"The {this} has no event loop to wait with. Pass a loop to its constructor, or call a method that blocks.");
        }
    }

    /// <summary>Waits by blocking the thread, and returns false if the time is over.</summary>
    bool WaitReadable(TimeSpan? rest)
    {
        if (rest < TimeSpan.Zero)
            return false;
        Span<pollfd> waiting = [new pollfd { fd = (int)Descriptor.DangerousGetHandle(), events = POLLIN }];
        Libunp.Poll(waiting, rest);
        return true;
    }

    /// <summary>Receives a datagram if one is there. Datagrams of other processes are dropped, because any process can send them.</summary>
    internal Arrival ReceiveAvailable()
    {
        while (!isOverrun)
        {
            // The first call only asks for the length, because the rest of a datagram that is longer than the buffer would be lost.
            nint length = recvfrom(Descriptor, buffer.AsSpan(0, 1), MSG_PEEK | MSG_TRUNC | MSG_DONTWAIT, out SockAddr from);
            if (length > buffer.Length)
                buffer = new byte[Math.Max((int)length, 2 * buffer.Length)];
            if (length >= 0)
                length = ReceivePeeked(out from);
            if (length < 0)
            {
                Errno error = Errno.Last;
                if (error == Errno.EINTR)
                    continue;
                received = 0;
                if (error == Errno.EAGAIN)
                    return Arrival.Nothing;
                if (error != Errno.ENOBUFS)
                    throw new UnpException(error, "recvfrom", $"{Descriptor}");
                isOverrun = true;
                break;
            }
            received = (int)Math.Min(length, buffer.Length);
            isOverrun |= length > buffer.Length;
            if (PortOf(from) == 0)
                return Arrival.Datagram;
        }
        isOverrun = false;
        received = 0;
        return Arrival.Overrun;
    }

    /// <summary>Receives the datagram whose length is known.</summary>
    /// <remarks>
    /// Each receive makes the kernel continue a dump. While this datagram fills the socket's buffer, the kernel has no room and reports
    /// ENOBUFS. So the datagram is received first, and the overrun is reported afterwards.
    /// </remarks>
    nint ReceivePeeked(out SockAddr from)
    {
        nint length;
        while ((length = recvfrom(Descriptor, buffer, MSG_TRUNC | MSG_DONTWAIT, out from)) < 0 && Errno.Last == Errno.ENOBUFS)
            isOverrun = true;
        return length;
    }
}
