namespace Unp.Samples.server;

/// <summary>Preforked: who waits in accept holds a mutex in memory that all share (figure 30.19).</summary>
static class serv04
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv04), args, options, AcceptMode.SharedMutex);
}
