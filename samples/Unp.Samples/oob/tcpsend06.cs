namespace Unp.Samples.oob;

/// <summary>Sends two out-of-band bytes, of which only the second keeps its mark (figure 24.12).</summary>
static class tcpsend06
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<host> <port#>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);

        Write(sockfd, "123"u8);
        Console.WriteLine("wrote 3 bytes of normal data");

        Send(sockfd, "4"u8, MSG_OOB);
        Console.WriteLine("wrote 1 byte of OOB data");

        Write(sockfd, "5"u8);
        Console.WriteLine("wrote 1 byte of normal data");

        Send(sockfd, "6"u8, MSG_OOB);
        Console.WriteLine("wrote 1 byte of OOB data");

        Write(sockfd, "7"u8);
        Console.WriteLine("wrote 1 byte of normal data");
    }
}
