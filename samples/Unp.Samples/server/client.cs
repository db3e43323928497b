namespace Unp.Samples.server;

/// <summary>The client that measures the servers of this chapter (figure 30.3).</summary>
static class client
{
    public static void Main(string[] args, ProgramOptions options) => Load.Run(args, options);
}
