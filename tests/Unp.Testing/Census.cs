using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Unp.Net;
using Xunit.v3;

namespace Unp.Testing;

/// <summary>
/// Counts the descriptors of this process before and after each test of an assembly. A test fails if it leaves a descriptor open, or closes
/// a descriptor that it did not open. The tests of such an assembly run one after another. Descriptors that appear between two tests belong
/// to the runtime, which may close them again. So only descriptors that existed when the test began must survive it.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class CensusAttribute : BeforeAfterTestAttribute
{
    const string None = "nothing";

    static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(5);
    static SortedDictionary<int, string> before = [];
    static SortedDictionary<int, string> afterPreviousTest;

    static CensusAttribute()
    {
        OpenRuntimeDescriptors();
        afterPreviousTest = Count();
    }

    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        // Two equal counts are required, because the runtime may briefly use a file or a pipe, for example for a stack trace.
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
        // The count is repeated, because the runtime opens and closes its own files and a peer's process may not have ended yet.
        long started = Stopwatch.GetTimestamp();
        string? difference;
        SortedDictionary<int, string> after;
        while ((difference = Difference(before.Intersect(afterPreviousTest), before, after = Count())) is not null
            && Stopwatch.GetElapsedTime(started) < SettleTimeout)
            Thread.Yield();
        afterPreviousTest = after;
        if (difference is not null)
            throw new InvalidOperationException($"The test {difference}.");
    }

    /// <summary>
    /// Describes the descriptors that the test added, and those of <paramref name="toStay"/> that it closed. Null if there are none.
    /// </summary>
    static string? Difference(
        IEnumerable<KeyValuePair<int, string>> toStay, SortedDictionary<int, string> before, SortedDictionary<int, string> after)
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
            // The listing's own descriptor is closed by now. The runtime keeps loaded assemblies open, and the symbol files of stack
            // traces.
            string? target = new FileInfo(entry).LinkTarget;
            if (target is not null && Path.GetExtension(target) is not (".dll" or ".pdb"))
                descriptors[int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture)] = Path.GetFileName(target);
        }
        return descriptors;
    }

    /// <summary>
    /// Opens what the runtime opens once and keeps: the event engine of .NET's sockets, and the pipes of its signal and process handling.
    /// </summary>
    static void OpenRuntimeDescriptors()
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
