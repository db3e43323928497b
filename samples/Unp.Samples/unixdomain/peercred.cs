namespace Unp.Samples.unixdomain;

/// <summary>
/// Daytime server that answers its own user only (beside section 15.8). The permissions of its path would do for all others but root; this asks the
/// kernel, which the client cannot deceive.
/// </summary>
static class peercred
{
    public static void Main(string[] args, Options options)
    {
        using Fd listenfd = Unix_listen(UnixPath.Of(options, UNIXSTR_PATH));
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
