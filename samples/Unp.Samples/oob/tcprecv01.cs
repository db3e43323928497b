using System.Runtime.InteropServices;

namespace Unp.Samples.oob;

/// <summary>Receives out-of-band data on SIGURG (figure 24.4).</summary>
static class tcprecv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <port#>");

        using Fd listenfd = args is [var host, var port] ? Tcp_listen(host, port) : Tcp_listen(null, args[0]);
        options.Ready(listenfd, args[^1]);
        using Fd connfd = Accept(listenfd);

        // A blocking read would pass the mark before the urgent byte is received. So SIGIO starts the normal reads too.
        Action<SafeHandle> receive = SignalHandler.Of(Receive);
        using var signals = new SignalDrivenIO();
        using IDisposable signalled = signals.Add(connfd, ready: receive, urgent: receive);
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Reads all available data. The out-of-band byte comes first, because a normal read beyond it would discard it.</summary>
    static void Receive(SafeHandle connfd)
    {
        Span<byte> buff = stackalloc byte[Received.MaxSize];
        Span<pollfd> ready = [new() { fd = (int)connfd.DangerousGetHandle(), events = POLLIN | POLLPRI }];
        while (Poll(ready, TimeSpan.Zero) > 0)
        {
            nint n;
            if ((ready[0].revents & POLLPRI) != 0 && (n = recv(connfd, buff, MSG_OOB)) > 0)
            {
                Console.WriteLine("SIGURG received");
                Received.OutOfBand(buff[..(int)n]);
                continue;
            }

            if ((ready[0].revents & ~POLLPRI) == 0)
                return; // the BSDs report the mark until it is passed
            if ((n = Read(connfd, buff)) == 0)
            {
                Console.WriteLine("received EOF");
                Environment.Exit(0);
            }
            Received.Data(buff[..(int)n]);
        }
    }
}
