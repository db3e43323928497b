namespace Unp.Samples.server;

/// <summary>Threads that are started before, and all wait in accept (section 30.11's remark; the book's own source has it).</summary>
static class serv09
{
    public static void Main(string[] args, Options options) => Prethreaded.Run(nameof(serv09), args, options, Acceptor.Accept);
}
