using System.Runtime.InteropServices;

namespace Unp.Samples.oob;

/// <summary>Reads only out-of-band data, which is announced before the full receive buffer has room for it (figure 24.11).</summary>
static class tcprecv05
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <port#>");

        using Fd listenfd = args is [var host, var port] ? Tcp_listen(host, port) : Tcp_listen(null, args[0]);
        Setsockopt(listenfd, SocketOptions.RcvBuf, 4096); // the connection inherits it
        options.Ready(listenfd, args[^1]);
        using Fd connfd = Accept(listenfd);

        using var signals = new SignalDrivenIO();
        using IDisposable signalled = signals.Add(connfd, ready: _ => { }, urgent: SignalHandler.Of(sig_urg));
        Thread.Sleep(Timeout.Infinite);
    }

    static void sig_urg(SafeHandle connfd)
    {
        Span<byte> buff = stackalloc byte[2047];
        nint n = recv(connfd, buff, MSG_OOB);
        Errno error = Errno.Last;
        if (n < 0 && error == Errno.EINVAL)
            return; // called without a signal, so no urgent byte exists

        Console.WriteLine("SIGURG received");
        if (n < 0)
            throw new UnpException(error, "recv");
        Console.WriteLine($"read {n} OOB byte");
    }
}
