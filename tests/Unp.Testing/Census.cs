using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Unp.Net;
using Xunit.v3;

namespace Unp.Testing;

/// <summary>
/// Counts the descriptors of this process before and after every test of an assembly, and fails a test that leaves one more, or one fewer. Tests
/// of such an assembly run one after another. What came between two tests is the runtime's, which may take it away again: a test that closes what is not its own
/// is seen by what was there before that.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class CensusAttribute : BeforeAfterTestAttribute
{
    const string None = "nothing";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static SortedDictionary<int, string> before = [];
    static SortedDictionary<int, string> afterTheLast;

    static CensusAttribute()
    {
        OpenWhatTheRuntimeKeeps();
        afterTheLast = Count();
    }

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // The same twice: the runtime may be busy with a file or a pipe of its own, as when it traces a stack.
        SortedDictionary<int, string> seen;
        do
        {
            seen = Count();
            Thread.Yield();
        }
        while (!Same(before = Count(), seen));
    }

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        // The runtime opens and closes files of its own; a peer's process may be on its way out.
        long started = Stopwatch.GetTimestamp();
        string? difference;
        SortedDictionary<int, string> after;
        while ((difference = Difference(before.Intersect(afterTheLast), before, after = Count())) is not null && Stopwatch.GetElapsedTime(started) < Patience)
            Thread.Yield();
        afterTheLast = after;
        if (difference is not null)
            throw new InvalidOperationException($"The test {difference}.");
    }

    /// <summary>What the second count has that the first has not, and what of those that are to stay it has not; null when that is nothing.</summary>
    static string? Difference(IEnumerable<KeyValuePair<int, string>> toStay, SortedDictionary<int, string> before, SortedDictionary<int, string> after)
    {
        string left = List(after.Except(before));
        string lost = List(toStay.Except(after));
        return left == None && lost == None ? null : $"left open: {left}; closed: {lost}";
    }

    static string List(IEnumerable<KeyValuePair<int, string>> descriptors) =>
        string.Join(", ", descriptors.Select(fd => $"{fd.Key} ({fd.Value})")) is { Length: > 0 } list ? list : None;

    static bool Same(SortedDictionary<int, string> first, SortedDictionary<int, string> second) => first.SequenceEqual(second);

    static SortedDictionary<int, string> Count()
    {
        var descriptors = new SortedDictionary<int, string>();
        foreach (string entry in Directory.GetFileSystemEntries("/proc/self/fd"))
        {
            // The listing's own descriptor is gone by now. The runtime keeps the assemblies open that it has loaded, and what it read to trace a stack.
            string? target = new FileInfo(entry).LinkTarget;
            if (target is not null && Path.GetExtension(target) is not (".dll" or ".pdb"))
                descriptors[int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture)] = Path.GetFileName(target);
        }
        return descriptors;
    }

    /// <summary>The event engine of .NET's sockets, the pipe of its signal handling, that of its processes: opened once, kept for ever.</summary>
    static void OpenWhatTheRuntimeKeeps()
    {
        using (Libunp.Signal(Libc.SIGCHLD, _ => { }))
        using (var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            Task<Socket> accepted = listener.AcceptAsync();
            client.ConnectAsync(listener.LocalEndPoint!).Wait();
            accepted.Result.Dispose();
        }
        using Process process = Process.Start(new ProcessStartInfo("true") { RedirectStandardOutput = true })!;
        process.WaitForExit();
        _ = Console.Out;
        _ = Console.Error;
        _ = TimeZoneInfo.Local;
        _ = TestKqueue.IsThere;
    }
}
