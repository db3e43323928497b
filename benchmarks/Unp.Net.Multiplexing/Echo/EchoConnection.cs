using static Unp.Net.Libc;

namespace Unp.Net.Multiplexing;

/// <summary>The next event that a connection waits for.</summary>
enum Wish
{
    Reading,
    Writing,
    Gone,
}

/// <summary>
/// The server's end of a non-blocking connection. Only the loop closes it, so the loop uses the plain number, because a hold of the
/// SafeHandle costs 12 ns.
/// </summary>
sealed unsafe class EchoConnection(Fd socket)
{
    readonly int number = (int)socket.DangerousGetHandle();

    // Data that the peer has not accepted. Until it is sent, nothing more is read.
    byte[] pending = [];
    int start;
    int end;

    internal Fd Socket => socket;

    internal Wish Wish { get; set; }

    internal PollRegistration? Registration { get; set; }

    /// <summary>Level-triggered: one recv per event. Unread data is reported again.</summary>
    internal Wish Echo(byte* buffer, int size)
    {
        nint got = recv(number, buffer, (nuint)size, 0);
        if (got <= 0)
            return got < 0 && IsTemporary ? Wish.Reading : Wish.Gone;
        nint sent = send(number, buffer, (nuint)got, MSG_NOSIGNAL);
        return sent == got ? Wish.Reading : Keep(buffer, (int)sent, (int)got);
    }

    /// <summary>
    /// Edge-triggered: reads until the socket is empty. A short read means that it is empty, unless the peer has closed. In that case only
    /// the result of recv shows the end.
    /// </summary>
    internal Wish EchoAll(byte* buffer, int size, bool isClosing)
    {
        while (true)
        {
            nint got = recv(number, buffer, (nuint)size, 0);
            if (got <= 0)
                return got < 0 && IsTemporary ? Wish.Reading : Wish.Gone;
            nint sent = send(number, buffer, (nuint)got, MSG_NOSIGNAL);
            if (sent != got)
                return Keep(buffer, (int)sent, (int)got);
            if (got < size && !isClosing)
                return Wish.Reading;
        }
    }

    /// <summary>Sends pending data when the socket is writable again.</summary>
    internal Wish Flush()
    {
        while (start < end)
        {
            nint sent = send(number, pending.AsSpan(start, end - start), MSG_NOSIGNAL);
            if (sent < 0)
                return IsTemporary ? Wish.Writing : Wish.Gone;
            start += (int)sent;
        }
        return Wish.Reading;
    }

    static bool IsTemporary => Errno.Last == Errno.EAGAIN || Errno.Last == Errno.EINTR;

    Wish Keep(byte* buffer, int sent, int got)
    {
        if (sent < 0 && !IsTemporary)
            return Wish.Gone;
        start = 0;
        end = got - Math.Max(0, sent);
        if (pending.Length < end)
            pending = new byte[end];
        new ReadOnlySpan<byte>(buffer + Math.Max(0, sent), end).CopyTo(pending);
        return Wish.Writing;
    }
}
