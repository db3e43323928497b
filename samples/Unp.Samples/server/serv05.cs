namespace Unp.Samples.server;

/// <summary>Preforked server. The parent accepts clients and passes each connection to a free child (figures 30.20 to 30.23).</summary>
static class serv05
{
    public static void Main(string[] args, Options options) =>
        Prefork.Run(nameof(serv05), args, options, AcceptMode.Passing, isMetered: true);
}
