namespace Unp.Samples.server;

/// <summary>Preforked: all children wait in select of the one socket, and each client wakes all of them, of whom one gets it (section 30.6, collisions).</summary>
static class serv02l
{
    public static void Main(string[] args, Options options)
    {
        Pipe(out Fd wanted, out Fd wish);
        using (wanted)
        using (wish)
            Prefork.Run(nameof(serv02l), args, options, AcceptMode.Direct, accept: worker => SelectAndAccept(worker, wanted, wish));
    }

    /// <summary>The wish that the child ends has a descriptor, so that select waits for it, too.</summary>
    static Fd? SelectAndAccept(Worker worker, Fd wanted, Fd wish)
    {
        worker.Ready();
        using CancellationTokenRegistration registration = worker.Draining.Register(() => Write(wish, [0]));
        FdSet rset = default;
        rset.Set(worker.Listener);
        rset.Set(wanted);
        Select(rset.Maxfdp1, ref rset);
        return worker.Accept();
    }
}
