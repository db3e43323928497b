namespace Unp.Samples.server;

/// <summary>Preforked server. Each child has its own listening socket on the same port, with SO_REUSEPORT (UNP 30.6).</summary>
static class serv10
{
    public static void Main(string[] args, Options options) =>
        Prefork.Run(nameof(serv10), args, options, AcceptMode.ReusePort, isMetered: true);
}
