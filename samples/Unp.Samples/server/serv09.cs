namespace Unp.Samples.server;

/// <summary>Prethreaded server. All threads block in accept, as in the book's source (UNP 30.11).</summary>
static class serv09
{
    public static void Main(string[] args, Options options) => Prethreaded.Run(nameof(serv09), args, options, Acceptor.Accept);
}
