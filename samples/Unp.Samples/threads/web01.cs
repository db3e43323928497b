using System.Collections.Concurrent;

namespace Unp.Samples.threads;

/// <summary>
/// Web client with one thread per file, which waits for any thread to end (figure 26.14). The book uses Solaris' <c>thr_join(0, ...)</c>,
/// which Pthreads lack. Here each thread adds itself to a <see cref="BlockingCollection{T}"/>.
/// </summary>
static class web01
{
    public static void Main(string[] args, Options options)
    {
        using var ended = new BlockingCollection<WebThread>();
        WebClient.Run("web01", args, options, "thread id", ended.Add, ended.Take);
    }
}
