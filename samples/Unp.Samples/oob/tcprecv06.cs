namespace Unp.Samples.oob;

/// <summary>
/// The same receiver as <see cref="tcprecv04"/>. It finds only one of the two marks of <see cref="tcpsend06"/> (UNP 24.3).
/// </summary>
static class tcprecv06
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length is not (1 or 2))
            options.Usage("[ <host> ] <port#>");

        using Fd listenfd = args is [var host, var port] ? Tcp_listen(host, port) : Tcp_listen(null, args[0]);
        tcprecv04.Receive(listenfd, args[^1], options);
    }
}
