namespace Unp.Samples.oob;

/// <summary>Sends one out-of-band byte between normal data without a pause, to show the mark (figure 24.8).</summary>
static class tcpsend04
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
    }
}
