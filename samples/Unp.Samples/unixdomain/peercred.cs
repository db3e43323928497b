namespace Unp.Samples.unixdomain;

/// <summary>
/// Daytime server that serves only its own user (UNP 15.8). It asks the kernel for the client's user, which the client cannot forge.
/// Permissions of the path would exclude all other users except root.
/// </summary>
static class peercred
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = UnixListen(UnixPath.Of(options, UNIXSTR_PATH));
        options.Ready(listenfd);

        Acceptor.ServeInTurn(listenfd, (connfd, _) =>
        {
            PeerCredentials peer = Getpeercred(connfd);
            bool isOwn = peer.UserId == geteuid();
            Console.WriteLine($"process {peer.ProcessId} of user {peer.UserId}: {(isOwn ? "answered" : "refused")}");
            if (isOwn)
                Writen(connfd, Daytime.Line());
        });
    }
}
