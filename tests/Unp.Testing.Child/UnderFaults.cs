using System.Text;

namespace Unp.Testing.Child;

/// <summary>Programs that a test runs under faults from outside: they print what they got in the end.</summary>
static class UnderFaults
{
    /// <summary>A connection and a datagram, there and back.</summary>
    public static void Sockets()
    {
        Span<byte> buffer = stackalloc byte[80];
        using Fd listenfd = Socket(AF_INET, SOCK_STREAM);
        Bind(listenfd, SockAddr.Loopback(AF_INET));
        Listen(listenfd);
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        Connect(client, Getsockname(listenfd));
        using Fd server = Accept(listenfd);
        Send(client, "by send"u8);
        Print(buffer[..Recv(server, buffer)]);

        using Fd udp = Socket(AF_INET, SOCK_DGRAM);
        Bind(udp, SockAddr.Loopback(AF_INET));
        Sendto(udp, "by sendto"u8, 0, Getsockname(udp));
        Print(buffer[..Recvfrom(udp, buffer, 0, out _)]);
    }

    /// <summary>A file written and read.</summary>
    public static void Files(string path)
    {
        Span<byte> buffer = stackalloc byte[80];
        using (Fd file = Open(path, O_WRONLY | O_CREAT | O_TRUNC, 0b110_000_000))
        {
            Writen(file, "a line\n"u8);
            Write(file, "and the rest"u8);
        }
        using Fd again = Open(path, O_RDONLY);
        using Fd copy = Open(path, O_RDONLY);
        Dup2(again, copy);
        Print(buffer[..Readline(copy, buffer)]);
        Print(buffer[..Readn(copy, buffer)]);
        Print(buffer[..Readn(copy, buffer)]);
    }

    /// <summary>A descriptor closed, with what close says.</summary>
    public static void CloseFile(string path)
    {
        Fd file = Open(path, O_WRONLY | O_CREAT, 0b110_000_000);
        Close(file);
    }

    static void Print(ReadOnlySpan<byte> bytes) => Console.WriteLine(Encoding.UTF8.GetString(bytes).TrimEnd());
}
