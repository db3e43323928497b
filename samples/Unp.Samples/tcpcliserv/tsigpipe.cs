namespace Unp.Samples.tcpcliserv;

/// <summary>
/// Client that writes to a closed connection: the first write causes an RST, the second one SIGPIPE and EPIPE (UNP 5.13).
/// </summary>
static class tsigpipe
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<IPaddress>");

        SockAddr servaddr = SockAddr.Inet(args[0], options.Port ?? 13);
        using Fd sockfd = Socket(servaddr.Family, SOCK_STREAM);

        using var handled = new ManualResetEventSlim();
        using IDisposable sigpipe = Signal(SIGPIPE, _ =>
        {
            Console.WriteLine("SIGPIPE received");
            handled.Set();
        });

        Connect(sockfd, servaddr);

        Thread.Sleep(TimeSpan.FromSeconds(2));
        Write(sockfd, "hello"u8);
        Thread.Sleep(TimeSpan.FromSeconds(2));
        try
        {
            Write(sockfd, "world"u8);
        }
        catch (UnpException e) when (e.Errno == Errno.EPIPE)
        {
            // In C the handler runs before write returns. Here it runs on another thread.
            handled.Wait(TimeSpan.FromSeconds(5));
            throw;
        }
    }
}
