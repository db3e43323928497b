namespace Unp.Samples.server;

/// <summary>Preforked: who waits in accept holds a record lock of a file (figures 30.15 and 30.16).</summary>
static class serv03
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv03), args, options, AcceptMode.FileLock);
}
