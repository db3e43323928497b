using System.Collections.Concurrent;

namespace Unp.Samples.threads;

/// <summary>
/// Web client with a thread for each file, which waits for any of them (figure 26.14). That is Solaris' <c>thr_join(0, ...)</c>, which Pthreads do not
/// have: here each thread puts itself in a queue whose reader waits, a <see cref="BlockingCollection{T}"/>.
/// </summary>
static class web01
{
    public static void Main(string[] args, Options options)
    {
        using var ended = new BlockingCollection<WebThread>();
        WebClient.Run("web01", args, options, "thread id", ended.Add, ended.Take);
    }
}
