namespace Unp.Samples.server;

/// <summary>
/// Preforked server. All children block in accept on one socket, and the kernel wakes one of them (figures 30.9 to 30.12).
/// </summary>
static class serv02
{
    public static void Main(string[] args, Options options) => Prefork.Run(nameof(serv02), args, options, AcceptMode.Direct);
}
