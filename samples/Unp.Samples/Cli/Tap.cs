using System.Text;

namespace Unp.Samples;

/// <summary>A relay between one client and its server, which prints everything it passes on.</summary>
sealed class Tap : IDisposable
{
    readonly Fd listenfd;
    readonly SockAddr server;
    readonly Thread thread;

    public Tap(SockAddr server)
    {
        this.server = server;
        listenfd = Socket(server.Family, SOCK_STREAM);
        Bind(listenfd, SockAddr.Loopback(server.Family));
        Listen(listenfd);
        thread = new Thread(() => UnpProgram.Run(Relay)) { IsBackground = true };
        thread.Start();
    }

    /// <summary>Gets the address to which the client connects.</summary>
    public SockAddr Address => Getsockname(listenfd);

    /// <summary>Waits until both sides have closed, for at most 10 seconds.</summary>
    public void WaitForEnd() => thread.Join(TimeSpan.FromSeconds(10));

    public void Dispose() => listenfd.Dispose();

    void Relay()
    {
        using Fd client = Accept(listenfd);
        using Fd upstream = Socket(server.Family, SOCK_STREAM);
        Connect(upstream, server);

        var back = new Thread(() => UnpProgram.Run(() => Copy(upstream, client, "  server -> client")));
        back.Start();
        Copy(client, upstream, "  client -> server");
        back.Join();
    }

    /// <summary>Copies one direction to its end and passes the end on as a FIN.</summary>
    static void Copy(Fd from, Fd to, string direction)
    {
        Span<byte> buffer = stackalloc byte[BUFFSIZE];
        int n;
        while ((n = Read(from, buffer)) > 0)
        {
            Console.WriteLine($"{direction} {n,4} bytes  {Escape(buffer[..n])}");
            Writen(to, buffer[..n]);
        }
        Console.WriteLine($"{direction}  FIN");
        if (shutdown(to, SHUT_WR) < 0 && Errno.Last != Errno.ENOTCONN)
            err_sys("shutdown error");
    }

    static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (byte b in bytes)
        {
            text.Append(b switch
            {
                (byte)'\r' => "\\r",
                (byte)'\n' => "\\n",
                (byte)'"' or (byte)'\\' => $"\\{(char)b}",
                >= 0x20 and < 0x7f => ((char)b).ToString(),
                _ => $"\\x{b:x2}",
            });
        }
        return text.Append('"').ToString();
    }
}
