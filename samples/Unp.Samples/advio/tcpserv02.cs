using Microsoft.Win32.SafeHandles;

namespace Unp.Samples.advio;

/// <summary>
/// TCP echo server that writes through a buffer, like standard I/O (figure 14.14). A client that waits for its line waits indefinitely,
/// because the buffer is written only when it is full or the client has ended.
/// </summary>
static class tcpserv02
{
    const int BUFSIZ = 4096; // glibc's size for a socket

    public static void Main(string[] args, ProgramOptions options)
    {
        SockAddr servaddr = options.ServerAddress(AF_INET, SERV_PORT);
        using Fd listenfd = Socket(servaddr.Family, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.ReuseAddr, true);
        Bind(listenfd, servaddr);
        Listen(listenfd);
        Child.OnSigchld(Child.SigchldWaitpid);
        options.Ready(listenfd);

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Str_echo);
    }

    static void Str_echo(Fd sockfd)
    {
        int n = 0;
        try
        {
            using var handle = new SafeFileHandle(sockfd.DangerousGetHandle(), ownsHandle: false);
            using var fpout = new FileStream(handle, FileAccess.Write, BUFSIZ);
            Span<byte> line = stackalloc byte[MAXLINE];
            while ((n = readline(sockfd, line)) > 0)
                fpout.Write(line[..n]);
            if (n < 0)
                err_ret("readline error"); // reported here, because the later failure of the buffered data adds nothing
        }
        catch (IOException gone)
        {
            if (n >= 0)
                err_quit($"fputs error: {gone.Message}");
        }
    }
}
