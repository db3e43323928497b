namespace Unp.Samples.oob;

/// <summary>Alternates normal and out-of-band data, one second apart, so that each part arrives alone (figure 24.3).</summary>
static class tcpsend01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<host> <port#>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        SendAlternating(sockfd);
    }

    public static void SendAlternating(Fd sockfd)
    {
        Write(sockfd, "123"u8);
        Console.WriteLine("wrote 3 bytes of normal data");
        Thread.Sleep(1000);

        Send(sockfd, "4"u8, MSG_OOB);
        Console.WriteLine("wrote 1 byte of OOB data");
        Thread.Sleep(1000);

        Write(sockfd, "56"u8);
        Console.WriteLine("wrote 2 bytes of normal data");
        Thread.Sleep(1000);

        Send(sockfd, "7"u8, MSG_OOB);
        Console.WriteLine("wrote 1 byte of OOB data");
        Thread.Sleep(1000);

        Write(sockfd, "89"u8);
        Console.WriteLine("wrote 2 bytes of normal data");
        Thread.Sleep(1000);
    }
}
