using System.Text;

namespace Unp.Testing.Child;

/// <summary>Scenarios that a test runs with injected faults. They print the data that they received.</summary>
static class UnderFaults
{
    /// <summary>Sends and receives over a connection and as a datagram.</summary>
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

    /// <summary>Writes and reads a file.</summary>
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

    /// <summary>Sends and receives messages, batches and scattered buffers.</summary>
    public static void Messages()
    {
        Span<byte> buffer = stackalloc byte[80];
        Socketpair(AF_UNIX, SOCK_DGRAM, 0, out Fd first, out Fd second);
        using (first)
        using (second)
        {
            Write_fd(first, "by sendmsg"u8, first);
            Print(buffer[..Read_fd(second, buffer, out Fd? passed)]);
            passed!.Dispose();
            Writev(first, new GatherBuffers("by "u8, "writev"u8));
            Print(buffer[..Readv(second, new ScatterBuffers(buffer[..4], buffer[4..]))]);
            var batch = new MessageBatch(2, 80);
            for (int i = 0; i < 2; i++)
            {
                "by sendmmsg"u8.CopyTo(batch[i].Buffer);
                batch[i].Length = 11;
            }
            Sendmmsg(first, batch, 2);
            Recvmmsg(second, batch);
            Print(batch[1].Data);
        }
    }

    /// <summary>
    /// Sends three times and prints the numbers of the sends. Each is received, and its notification queued, before the next.
    /// </summary>
    public static void ZeroCopy()
    {
        byte[] data = new byte[1000];
        using Fd listenfd = Socket(AF_INET, SOCK_STREAM);
        Bind(listenfd, SockAddr.Loopback(AF_INET));
        Listen(listenfd);
        using Fd client = Socket(AF_INET, SOCK_STREAM);
        Connect(client, Getsockname(listenfd));
        using Fd server = Accept(listenfd);
        using var sender = new ZeroCopySender(client, verify: true);
        for (int i = 0; i < 3; i++)
        {
            ZeroCopySend send = sender.Send(data);
            Readn(server, new byte[1000]);
            Span<pollfd> wait = [new pollfd { fd = (int)client.DangerousGetHandle() }];
            if (send.Number is not null)
                Poll(wait, TimeSpan.FromSeconds(10)); // waits for the notification without reading it
            Console.WriteLine(send.Number is { } number ? $"{number}" : "copied");
        }
        Console.WriteLine($"{sender.Complete(TimeSpan.FromSeconds(10))} {sender.PendingCount}");
    }

    /// <summary>Closes a descriptor with Close, which reports an error.</summary>
    public static void CloseFile(string path)
    {
        Fd file = Open(path, O_WRONLY | O_CREAT, 0b110_000_000);
        Close(file);
    }

    static void Print(ReadOnlySpan<byte> bytes) => Console.WriteLine(Encoding.UTF8.GetString(bytes).TrimEnd());
}
