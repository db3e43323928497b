namespace Unp.Samples.threads;

/// <summary>TCP echo server, a thread for each client, whose descriptor is the thread's argument (figure 26.3).</summary>
static class tcpserv01
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = EchoServer.Listen("tcpserv01", args, options);
        while (true)
            new Thread(Doit).Start(Accept(listenfd));
    }

    /// <summary>Nobody waits for it: every thread of .NET's is a detached one, until somebody calls <see cref="Thread.Join()"/>.</summary>
    static void Doit(object? arg) => EchoServer.Doit((Fd)arg!, Str_echo);
}
