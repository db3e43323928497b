namespace Unp.Samples.server;

/// <summary>
/// Preforked server. All children block in select on one socket, so each client wakes all of them, and one accepts it (UNP 30.6).
/// </summary>
static class serv02l
{
    public static void Main(string[] args, Options options)
    {
        Pipe(out Fd draining, out Fd drain);
        using (draining)
        using (drain)
            Prefork.Run(nameof(serv02l), args, options, AcceptMode.Direct, accept: worker => SelectAndAccept(worker, draining, drain));
    }

    /// <summary>
    /// Waits for a client, or for the request to end. The request is a byte in a pipe, so that select(2) can wait for it.
    /// </summary>
    static Fd? SelectAndAccept(Worker worker, Fd draining, Fd drain)
    {
        worker.Ready();
        using CancellationTokenRegistration registration = worker.Draining.Register(() => Write(drain, [0]));
        FdSet rset = default;
        rset.Set(worker.Listener);
        rset.Set(draining);
        Select(rset.Maxfdp1, ref rset);
        return worker.Accept();
    }
}
