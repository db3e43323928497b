namespace Unp.Samples.unixdomain;

/// <summary>Unix domain stream echo server with one child per client (figure 15.3).</summary>
static class unixstrserv01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        using Fd listenfd = UnixListen(UnixPath.Of(options, UNIXSTR_PATH));
        Child.OnSigchld(Child.SigchldWaitpid);
        options.Ready(listenfd);

        while (true)
            Child.Start(Acceptor.Accept(listenfd), Str_echo);
    }
}
