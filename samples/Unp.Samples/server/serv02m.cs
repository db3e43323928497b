namespace Unp.Samples.server;

/// <summary><see cref="serv02"/> that counts the clients of each child (figure 30.14).</summary>
static class serv02m
{
    public static void Main(string[] args, Options options) =>
        Prefork.Run(nameof(serv02m), args, options, AcceptMode.Direct, isMetered: true);
}
