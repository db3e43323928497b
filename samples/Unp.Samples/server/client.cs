namespace Unp.Samples.server;

/// <summary>The client that all servers of this chapter are measured with (figure 30.3).</summary>
static class client
{
    public static void Main(string[] args, Options options) => Load.Run(nameof(client), args);
}
