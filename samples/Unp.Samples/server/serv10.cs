namespace Unp.Samples.server;

/// <summary>Preforked: each child has a listening socket of its own on the same port, SO_REUSEPORT (beside section 30.6).</summary>
static class serv10
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv10), args, options, AcceptMode.ReusePort, isMetered: true);
}
