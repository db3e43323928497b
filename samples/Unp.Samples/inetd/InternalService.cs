using System.Buffers.Binary;
using System.Text;
using Unp.Samples.tcpcliserv;

namespace Unp.Samples.inetd;

/// <summary>What inetd serves itself: echo (RFC 862), discard (863), chargen (864), daytime (867) and time (868).</summary>
static class InternalService
{
    const int LineLength = 74;

    /// <summary>The lines of chargen: 95 of them, each of 72 characters and CR LF, then they begin again.</summary>
    static readonly byte[] Lines = MakeLines();

    public static readonly string[] Names = ["echo", "discard", "chargen", "daytime", "time"];

    /// <summary>The ports of services that answer whatever comes: two of them would answer each other for ever.</summary>
    static readonly int[] AnsweringPorts = [7, 13, 19, 37];

    /// <summary>What a service says to a client first, and of daytime and time at all.</summary>
    public static byte[] Answer(string name) => name switch
    {
        "daytime" => Daytime.Line(),
        "time" => SecondsSince1900(),
        _ => [],
    };

    /// <summary>The part of the endless text of chargen from a position on.</summary>
    public static ReadOnlySpan<byte> Text(long position) => Lines.AsSpan((int)(position % Lines.Length));

    /// <summary>Answers a datagram.</summary>
    /// <param name="name">The service.</param>
    /// <param name="request">What has come.</param>
    /// <param name="from">From where.</param>
    /// <returns>What goes back, or null for nothing.</returns>
    public static byte[]? AnswerDatagram(string name, ReadOnlySpan<byte> request, in SockAddr from)
    {
        const int MostCharacters = 512;
        if (AnsweringPorts.Contains(from.Port))
            return null;
        return name switch
        {
            "echo" => request.ToArray(),
            "chargen" => Lines[..Random.Shared.Next(MostCharacters + 1)],
            "discard" => null,
            _ => Answer(name),
        };
    }

    static byte[] SecondsSince1900()
    {
        byte[] answer = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(answer, unchecked((uint)(long)(DateTime.UtcNow - new DateTime(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalSeconds));
        return answer;
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

/// <summary>A client of one of inetd's own stream services, in which nothing waits.</summary>
abstract class InternalConnection(Fd connfd) : IDisposable
{
    public Fd Connfd => connfd;

    /// <summary>What to wait for.</summary>
    public virtual PollEvents Interest => PollEvents.Readable;

    public static InternalConnection Of(string name, Fd connfd) => name switch
    {
        "echo" => new Echoing(connfd),
        "discard" => new Discarding(connfd),
        _ => new Generating(connfd),
    };

    /// <summary>Does what can be done; false when it is over.</summary>
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
