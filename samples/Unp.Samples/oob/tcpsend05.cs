namespace Unp.Samples.oob;

/// <summary>Fills the receiver's buffer, then sends out-of-band data, which must wait behind the normal data (figure 24.10).</summary>
static class tcpsend05
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<host> <port#>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        Setsockopt(sockfd, SocketOptions.SndBuf, 32768);

        Span<byte> buff = stackalloc byte[16384];
        Write(sockfd, buff);
        Console.WriteLine("wrote 16384 bytes of normal data");
        Thread.Sleep(5000);

        Send(sockfd, "a"u8, MSG_OOB);
        Console.WriteLine("wrote 1 byte of OOB data");

        Write(sockfd, buff[..1024]);
        Console.WriteLine("wrote 1024 bytes of normal data");
    }
}
