namespace Unp.Samples.names;

/// <summary><see cref="daytimeudpcli1"/> with a connected socket (UNP 11.15).</summary>
static class daytimeudpcli2
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname/IPaddress> <service/port#>");

        using Fd sockfd = Udp_connect(args[0], args[1]);
        Write(sockfd, [0]);

        Span<byte> recvline = stackalloc byte[MAXLINE];
        int n = Read(sockfd, recvline);
        Write(Fd.StandardOutput, recvline[..n]);
    }
}
