namespace Unp.Samples.server;

/// <summary>
/// A process for each client (figure 30.4). The original forks; a .NET process cannot, so each client costs the start of a program:
/// docs/server-designs.md says what that is.
/// </summary>
static class serv01
{
    const int Connected = 3;

    /// <summary>What stands in the place of host and port where this is the child.</summary>
    const string ChildMark = "--connected--";

    public static void Main(string[] args, Options options)
    {
        if (args is [ChildMark])
        {
            using var connfd = new Fd(Connected);
            WebChild.web_child(connfd);
            return;
        }

        using Fd listenfd = Listening.At(args, nameof(serv01));
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);
        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd);
            try
            {
                // Disposed, it is waited for when SIGCHLD comes.
                Child.Exec("server/serv01", [ChildMark], new() { Descriptors = { [Connected] = connfd } }).Dispose();
            }
            catch (UnpException e)
            {
                err_msg(e.Message); // too many processes: this client's loss
            }
        }
    }
}
