namespace Unp.Samples.server;

/// <summary>Prethreaded server. A lock around accept lets one thread wait at a time (figures 30.27 to 30.29).</summary>
static class serv07
{
    static readonly Lock mlock = new();

    public static void Main(string[] args, Options options) => Prethreaded.Run(nameof(serv07), args, options, AcceptInTurn);

    static Fd AcceptInTurn(Fd listenfd)
    {
        lock (mlock)
            return Acceptor.Accept(listenfd);
    }
}
