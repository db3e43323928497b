using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// A netlink socket for requests to the kernel's routing tables, one at a time. (rtnetlink(7)) Answers to another request or from another
/// sender are ignored.
/// </summary>
[SupportedOSPlatform("linux")]
sealed class RouteNetlink : IDisposable
{
    /// <summary>The number of dumps until one is accepted although the table changed meanwhile.</summary>
    internal const int MaxAttempts = 10;

    readonly Fd socket;
    readonly uint port;
    uint sequence;
    byte[] buffer;
    bool isOverrun;

    internal RouteNetlink()
        : this(Libunp.Socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE))
    {
    }

    /// <summary>Takes over a socket.</summary>
    /// <param name="socket">A netlink socket, or in a test a datagram socket whose peer acts as the kernel.</param>
    /// <param name="bufferSize">The first size of the buffer. The kernel fills datagrams up to 32 KiB if there is room.</param>
    internal RouteNetlink(Fd socket, int bufferSize = 32 * 1024)
    {
        this.socket = socket;
        buffer = new byte[bufferSize];
        try
        {
            port = BoundPort(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Reads the content of one message of an answer, without its header.</summary>
    internal delegate void ContentReader(ReadOnlySpan<byte> content);

    public void Dispose() => socket.Dispose();

    /// <summary>
    /// Requests a whole table. If the table changes meanwhile, the dump is repeated. After <see cref="MaxAttempts"/> the last result is
    /// returned, which may miss an entry or contain one twice.
    /// </summary>
    /// <param name="type">RTM_GETROUTE, RTM_GETLINK...</param>
    /// <param name="request">The fixed header of the request.</param>
    /// <param name="read">Adds the entries of a message to the list.</param>
    /// <param name="function">The name in the exception.</param>
    /// <exception cref="UnpException">The kernel's error; ENOBUFS: every attempt lost messages; EBADMSG: a damaged message.</exception>
    internal List<T> Dump<T>(int type, ReadOnlySpan<byte> request, Action<ReadOnlySpan<byte>, List<T>> read, string function)
    {
        for (int attempt = 1; ; attempt++)
        {
            var entries = new List<T>();
            try
            {
                bool isConsistent = Exchange(type, NLM_F_DUMP, request, content => read(content, entries), function);
                if (isConsistent || attempt == MaxAttempts)
                    return entries;
            }
            catch (UnpException overrun) when (overrun.Errno == Errno.ENOBUFS && attempt < MaxAttempts)
            {
                // The rest of this dump has another sequence number than the next one, so it is skipped.
            }
        }
    }

    /// <summary>Sends a request and reads all of its answer.</summary>
    /// <returns>Whether the table did not change during the answer.</returns>
    internal bool Exchange(int type, int flags, ReadOnlySpan<byte> request, ContentReader read, string function, string? subject = null)
    {
        Send(type, flags, request, function);
        bool isConsistent = true;
        while (true)
        {
            ReadOnlySpan<byte> rest = Receive(function);
            while (NetlinkLayout.TryRead(ref rest, out nlmsghdr header, out ReadOnlySpan<byte> content))
            {
                if (header.nlmsg_seq != sequence || header.nlmsg_pid != port)
                    continue;
                isConsistent &= (header.nlmsg_flags & NLM_F_DUMP_INTR) == 0;
                int answer = header.nlmsg_type;
                if (answer == NLMSG_OVERRUN)
                    throw new UnpException(Errno.ENOBUFS, function, subject);
                if (answer == NLMSG_DONE || answer == NLMSG_ERROR)
                {
                    // Both begin with 0 or a negative error number. An end without one is from a kernel before 2.6.
                    int error = MemoryMarshal.TryRead(content, out int number) ? -number : 0;
                    return error == 0 ? isConsistent : throw new UnpException(new Errno(error), function, subject);
                }
                if (answer < NLMSG_MIN_TYPE)
                    continue;
                read(content);
                if ((header.nlmsg_flags & NLM_F_MULTI) == 0)
                    return isConsistent;
            }
            if (!rest.IsEmpty)
                throw Damaged(function);
        }
    }

    /// <summary>Creates the exception for a message that ends before its content.</summary>
    internal static UnpException Damaged(string function) => new(Errno.EBADMSG, function, "damaged netlink message");

    unsafe void Send(int type, int flags, ReadOnlySpan<byte> request, string function)
    {
        isOverrun = false;
        Span<byte> message = stackalloc byte[sizeof(nlmsghdr) + request.Length];
        MemoryMarshal.Write(message, new nlmsghdr
        {
            nlmsg_len = (uint)message.Length,
            nlmsg_type = (ushort)type,
            nlmsg_flags = (ushort)(NLM_F_REQUEST | flags),
            nlmsg_seq = ++sequence,
        });
        request.CopyTo(message[sizeof(nlmsghdr)..]);
        nint sent;
        do
        {
            sent = send(socket, message);
        }
        while (Libunp.Interrupted(sent));
        if (sent < 0)
            throw Libunp.Failed(function);
    }

    /// <summary>Receives a datagram of the kernel, however long it is.</summary>
    ReadOnlySpan<byte> Receive(string function)
    {
        while (true)
        {
            nint length = Receive(MSG_PEEK | MSG_TRUNC, out _, function);
            if (length > buffer.Length)
                buffer = new byte[length];
            length = Receive(0, out SockAddr sender, function);
            if (IsKernel(sender))
                return buffer.AsSpan(0, (int)length);
        }
    }

    /// <summary>Asks for the length of the next datagram, or takes it.</summary>
    /// <remarks>
    /// Asking for the length makes the kernel continue a dump. That fails with ENOBUFS while the datagram fills the receive buffer, but the
    /// datagram stays there. Taking it makes the kernel continue, so the next part is there without a wait. If it is not, it is lost.
    /// </remarks>
    nint Receive(int flags, out SockAddr sender, string function)
    {
        while (true)
        {
            nint length = recvfrom(socket, buffer, flags | (isOverrun ? MSG_DONTWAIT : 0), out sender);
            if (length >= 0)
                return length;
            if (Libunp.Interrupted(length))
                continue;
            if (isOverrun && Errno.Last == Errno.EAGAIN)
                throw new UnpException(Errno.ENOBUFS, function);
            if (Errno.Last != Errno.ENOBUFS)
                throw Libunp.Failed(function);
            isOverrun = true;
        }
    }

    /// <summary>Returns whether a message is from the kernel, whose port is 0. A process of root can send to any netlink socket.</summary>
    static bool IsKernel(in SockAddr sender) =>
        sender.Family != AF_NETLINK || (MemoryMarshal.TryRead(sender.Bytes, out sockaddr_nl address) && address.nl_pid == 0);

    /// <summary>Binds a netlink socket and returns its port, which the kernel chooses.</summary>
    static uint BoundPort(Fd socket)
    {
        sockaddr_nl address = new() { nl_family = (ushort)AF_NETLINK };
        if (Libunp.Getsockname(socket).Family != AF_NETLINK)
            return 0; // the socket of a test
        Libunp.Bind(socket, new SockAddr(MemoryMarshal.AsBytes(new ReadOnlySpan<sockaddr_nl>(in address))));
        return MemoryMarshal.Read<sockaddr_nl>(Libunp.Getsockname(socket).Bytes).nl_pid;
    }
}
