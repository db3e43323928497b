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
/// of such an assembly run one after another.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class CensusAttribute : BeforeAfterTestAttribute
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static SortedDictionary<int, string> before = [];

    static CensusAttribute() => OpenWhatTheRuntimeKeeps();

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
        SortedDictionary<int, string> after = Count();
        while (!Same(before, after) && Stopwatch.GetElapsedTime(started) < Patience)
        {
            Thread.Yield();
            after = Count();
        }
        if (!Same(before, after))
            throw new InvalidOperationException($"The test {Difference(after)}.");
    }

    static bool Same(SortedDictionary<int, string> first, SortedDictionary<int, string> second) => first.SequenceEqual(second);

    static string Difference(SortedDictionary<int, string> after)
    {
        string left = string.Join(", ", after.Except(before).Select(fd => $"{fd.Key} ({fd.Value})"));
        string lost = string.Join(", ", before.Except(after).Select(fd => $"{fd.Key} ({fd.Value})"));
        return $"left open: {(left.Length > 0 ? left : "nothing")}; closed: {(lost.Length > 0 ? lost : "nothing")}";
    }

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
