namespace Unp.Samples.unixdomain;

/// <summary>Unix domain stream echo server that prints the sender of each read (figure 15.15).</summary>
static class unixstrserv02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = Socket(AF_LOCAL, SOCK_STREAM);
        Setsockopt(listenfd, SocketOptions.PassCred, true); // accepted sockets inherit it, so it holds from the first byte on
        BindUnix(listenfd, UnixPath.Of(options, UNIXSTR_PATH));
        Listen(listenfd);
        Child.OnSigchld(Child.SigchldWaitpid);
        options.Ready(listenfd);

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Str_echo);
    }

    static void Str_echo(Fd sockfd)
    {
        Span<byte> buf = stackalloc byte[MAXLINE];
        int n;
        while ((n = Credentials.Read_cred(sockfd, buf, out PeerCredentials? sender)) > 0)
        {
            Console.WriteLine(sender is { } known ? Describe(known, sockfd) : "(no credentials returned)");
            Writen(sockfd, buf[..n]);
        }
    }

    /// <summary>
    /// Formats the credentials. Linux passes three numbers of the sender, and the others belong to the connecting process.
    /// </summary>
    static string Describe(PeerCredentials sender, Fd sockfd)
    {
        uint[] groups = Getpeergroups(sockfd);
        return $"""
            PID of sender = {sender.ProcessId}
            real user ID = {sender.UserId}
            real group ID = {sender.GroupId}
            effective user ID = {Getpeercred(sockfd).UserId}
            {groups.Length} groups:{string.Concat(groups.Select(group => $" {group}"))}
            """;
    }
}
