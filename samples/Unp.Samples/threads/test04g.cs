namespace Unp.Samples.threads;

/// <summary>The same as <see cref="test04b"/>, with the <c>readline</c> that has a buffer for each thread (section 26.5).</summary>
static class test04g
{
    public static void Main(string[] args, Options options) => LineThreads.Run("test04g", args, options, Rline.Readline);
}
