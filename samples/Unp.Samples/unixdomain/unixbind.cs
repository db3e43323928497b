namespace Unp.Samples.unixdomain;

/// <summary>Binds a Unix domain socket to a path and prints its address (figure 15.2).</summary>
static class unixbind
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<pathname>");

        using Fd sockfd = Socket(AF_LOCAL, SOCK_STREAM);
        BindUnix(sockfd, args[0]);

        SockAddr bound = Getsockname(sockfd);
        Console.WriteLine($"bound name = {bound.Path}, returned len = {bound.Length}");
    }
}
