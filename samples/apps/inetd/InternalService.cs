using System.Buffers.Binary;
using System.Text;
using Unp.Samples.tcpcliserv;

namespace Unp.Samples.inetd;

/// <summary>The internal services of inetd: echo (RFC 862), discard (863), chargen (864), daytime (867) and time (868).</summary>
static class InternalService
{
    const int LineLength = 74;

    /// <summary>The 95 lines of chargen, each of 72 characters and CR LF. After the last line the text repeats.</summary>
    static readonly byte[] Lines = MakeLines();

    public static readonly string[] Names = ["echo", "discard", "chargen", "daytime", "time"];

    /// <summary>The ports of services that reply to any datagram. Two of them would reply to each other indefinitely.</summary>
    static readonly int[] ReplyingPorts = [7, 13, 19, 37];

    /// <summary>Returns what a service sends first, which is the whole reply of daytime and time.</summary>
    public static byte[] Reply(string name) => name switch
    {
        "daytime" => Daytime.Line(),
        "time" => SecondsSince1900(),
        _ => [],
    };

    /// <summary>Returns a part of the endless text of chargen, from a position on.</summary>
    public static ReadOnlySpan<byte> Text(long position) => Lines.AsSpan((int)(position % Lines.Length));

    /// <summary>Returns the reply to a datagram, or null for none.</summary>
    /// <param name="name">The service.</param>
    /// <param name="request">The datagram.</param>
    /// <param name="from">The sender's address.</param>
    public static byte[]? ReplyToDatagram(string name, ReadOnlySpan<byte> request, in SockAddr from)
    {
        const int MaxCharacters = 512;
        if (ReplyingPorts.Contains(from.Port))
            return null;
        return name switch
        {
            "echo" => request.ToArray(),
            "chargen" => Lines[..Random.Shared.Next(MaxCharacters + 1)],
            "discard" => null,
            _ => Reply(name),
        };
    }

    static byte[] SecondsSince1900()
    {
        byte[] reply = new byte[sizeof(uint)];
        TimeSpan time = DateTime.UtcNow - new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        BinaryPrimitives.WriteUInt32BigEndian(reply, unchecked((uint)(long)time.TotalSeconds));
        return reply;
    }

    static byte[] MakeLines()
    {
        const int First = ' ', Count = 95;
        var lines = new StringBuilder(Count * LineLength);
        for (int line = 0; line < Count; line++)
        {
            for (int column = 0; column < LineLength - 2; column++)
                lines.Append((char)(First + (line + column) % Count));
            lines.Append("\r\n");
        }
        return Encoding.ASCII.GetBytes(lines.ToString());
    }
}

/// <summary>A client of an internal stream service. No call blocks.</summary>
abstract class InternalConnection(Fd connfd) : IDisposable
{
    public Fd Connfd => connfd;

    /// <summary>Gets the events to wait for.</summary>
    public virtual PollEvents Interest => PollEvents.Readable;

    public static InternalConnection Of(string name, Fd connfd) => name switch
    {
        "echo" => new Echoing(connfd),
        "discard" => new Discarding(connfd),
        _ => new Generating(connfd),
    };

    /// <summary>Does what is possible without waiting. Returns false at the end.</summary>
    public abstract bool Go(Span<byte> buffer);

    public virtual void Dispose() => connfd.Dispose();

    sealed class Echoing(Fd connfd) : InternalConnection(connfd)
    {
        readonly EchoConnection echo = new(connfd);

        public override PollEvents Interest => echo.IsSending ? PollEvents.Writable : PollEvents.Readable;

        public override bool Go(Span<byte> buffer)
        {
            echo.Echo(buffer);
            return !echo.IsOver;
        }

        public override void Dispose()
        {
            echo.Dispose();
            base.Dispose();
        }
    }

    sealed class Discarding(Fd connfd) : InternalConnection(connfd)
    {
        public override bool Go(Span<byte> buffer) => read(Connfd, buffer) is var n && (n > 0 || (n < 0 && Errno.Last == Errno.EAGAIN));
    }

    sealed class Generating(Fd connfd) : InternalConnection(connfd)
    {
        long position;

        public override PollEvents Interest => PollEvents.Writable;

        public override bool Go(Span<byte> buffer)
        {
            nint n = write(Connfd, InternalService.Text(position));
            position += Math.Max(0, n);
            return n > 0 || Errno.Last == Errno.EAGAIN;
        }
    }
}
