namespace Unp.Samples.server;

/// <summary>Preforked server. A file lock around accept lets one child wait at a time (figures 30.15 and 30.16).</summary>
static class serv03
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv03), args, options, AcceptMode.FileLock);
}
