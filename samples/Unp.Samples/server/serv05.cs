namespace Unp.Samples.server;

/// <summary>Preforked: the parent accepts, and passes each client to a child that is free (figures 30.20 to 30.23).</summary>
static class serv05
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv05), args, options, AcceptMode.Passing, isMetered: true);
}
