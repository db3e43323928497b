namespace Unp.Samples.server;

/// <summary><see cref="serv03"/> that counts the clients of each child (UNP 30.7).</summary>
static class serv03m
{
    public static void Main(string[] args, Options options) =>
        Prefork.Run(nameof(serv03m), args, options, AcceptMode.FileLock, isMetered: true);
}
