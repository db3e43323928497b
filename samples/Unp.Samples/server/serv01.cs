namespace Unp.Samples.server;

/// <summary>
/// Concurrent server with one process per client (figure 30.4). C forks. A .NET process cannot, so each client costs the start of a
/// program, whose cost docs/server-designs.md lists.
/// </summary>
static class serv01
{
    const int Connected = 3;

    /// <summary>The argument that marks the child. It replaces host and port.</summary>
    const string ChildMark = "--connected--";

    public static void Main(string[] args, ProgramOptions options)
    {
        if (args is [ChildMark])
        {
            using var connfd = new Fd(Connected);
            WebChild.web_child(connfd);
            return;
        }

        using Fd listenfd = Listening.At(args, options);
        using IDisposable sigint = Cpu.OnInterrupt();
        options.Ready(listenfd, args[^1], handlesSigint: true);
        while (true)
        {
            using Fd connfd = Acceptor.Accept(listenfd);
            try
            {
                // The library reaps a disposed process when SIGCHLD arrives.
                Child.Exec("server/serv01", [ChildMark], new() { Descriptors = { [Connected] = connfd } }).Dispose();
            }
            catch (UnpException e)
            {
                err_msg(e.Message); // for example too many processes; only this client is lost
            }
        }
    }
}
