using System.Globalization;
using System.Runtime.InteropServices;
using Unp.Net;
using Xunit;

namespace Unp.Testing;

/// <summary>
/// A process without a free descriptor, as a server under load: every call that makes one says EMFILE, until <see cref="FreeOne"/>. What is done in
/// it should have been done once before, so that the runtime need not open a file for it.
/// </summary>
public sealed partial class DescriptorLimit : IDisposable
{
    const int RLIMIT_NOFILE = 7;

    readonly Stack<int> fillers = new(capacity: 64);
    readonly rlimit before;

    struct rlimit
    {
        public ulong rlim_cur;
        public ulong rlim_max;
    }

    /// <summary>How often <see cref="FreeOne"/> can be called.</summary>
    public const int Room = 8;

    /// <summary>Lowers this process's limit to little more than the descriptors it has, and fills the gaps between them and the rest.</summary>
    public DescriptorLimit()
    {
        Check(getrlimit(RLIMIT_NOFILE, out before));
        int highest = Directory.GetFileSystemEntries("/proc/self/fd").Max(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture));
        Check(setrlimit(RLIMIT_NOFILE, before with { rlim_cur = (ulong)highest + 1 + Room }));
        while (Libc.dup(0) is >= 0 and var filler)
            fillers.Push(filler);
    }

    /// <summary>How many descriptors this process, and each that it starts, can have.</summary>
    public static int Now
    {
        get
        {
            Check(getrlimit(RLIMIT_NOFILE, out rlimit limits));
            return (int)Math.Min(limits.rlim_cur, int.MaxValue);
        }
    }

    /// <summary>Skips the test where this process, and those that it starts, cannot have so many descriptors.</summary>
    public static void Require(int descriptors) => Assert.SkipUnless(
        Now >= descriptors, $"a process can have {Now} descriptors here, and the test needs {descriptors}; ulimit -n says how many");

    /// <summary>Gives another process, that of a server, a limit: its descriptors are below it from now on.</summary>
    public static void Set(int process, int limit) =>
        Check(prlimit(process, RLIMIT_NOFILE, new rlimit { rlim_cur = (ulong)limit, rlim_max = (ulong)limit }, 0));

    /// <summary>Gives another process, that of a server, a limit at which so many descriptors are free.</summary>
    public static void Leave(int process, int free)
    {
        string[] entries = Directory.GetFileSystemEntries($"/proc/{process}/fd");
        HashSet<int> taken = [.. entries.Select(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture))];
        Set(process, Enumerable.Range(0, int.MaxValue).Where(number => !taken.Contains(number)).ElementAt(free));
    }

    /// <summary>Makes room for one descriptor; <see cref="Room"/> times at least.</summary>
    public void FreeOne() => _ = Libc.close(fillers.Pop());

    public void Dispose()
    {
        Check(setrlimit(RLIMIT_NOFILE, before));
        while (fillers.TryPop(out int filler))
            _ = Libc.close(filler);
    }

    static void Check(int result)
    {
        if (result < 0)
            throw new UnpException(Errno.Last, "rlimit");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrlimit(int resource, out rlimit limits);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, in rlimit limits);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int prlimit(int pid, int resource, in rlimit limits, nint before);
}
