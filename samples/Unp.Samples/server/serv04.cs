namespace Unp.Samples.server;

/// <summary>Preforked server. A mutex in shared memory lets one child wait in accept at a time (figure 30.19).</summary>
static class serv04
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv04), args, options, AcceptMode.SharedMutex);
}
