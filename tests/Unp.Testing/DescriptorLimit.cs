using System.Globalization;
using System.Runtime.InteropServices;
using Unp.Net;
using Xunit;

namespace Unp.Testing;

/// <summary>
/// Leaves this process without a free descriptor, like a server under load. Calls that create one fail with EMFILE until <see
/// cref="FreeOne"/>. The tested code should have run once before, so that the runtime need not open a file for it.
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

    /// <summary>The number of guaranteed calls of <see cref="FreeOne"/>.</summary>
    public const int Room = 8;

    /// <summary>Lowers this process's limit to slightly more than its descriptors, and fills all free numbers.</summary>
    public DescriptorLimit()
    {
        Assert.Equal(before, before); // the first comparison of xunit opens an assembly, and every later one fails if it could not
        Check(getrlimit(RLIMIT_NOFILE, out before));
        string[] entries = Directory.GetFileSystemEntries("/proc/self/fd");
        int highest = entries.Max(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture));
        Check(setrlimit(RLIMIT_NOFILE, before with { rlim_cur = (ulong)highest + 1 + Room }));
        while (Libc.dup(0) is >= 0 and var filler)
            fillers.Push(filler);
    }

    /// <summary>Gets the number of descriptors that this process and each process it starts can have.</summary>
    public static int Now
    {
        get
        {
            Check(getrlimit(RLIMIT_NOFILE, out rlimit limits));
            return (int)Math.Min(limits.rlim_cur, int.MaxValue);
        }
    }

    /// <summary>Skips the test if this process and those it starts cannot have so many descriptors.</summary>
    public static void Require(int descriptors) => Assert.SkipUnless(
        Now >= descriptors, $"a process may have {Now} descriptors here, but the test needs {descriptors}; raise the limit with ulimit -n");

    /// <summary>Sets the limit of another process, such as a server. Its new descriptors are below <paramref name="limit"/>.</summary>
    public static void Set(int process, int limit) =>
        Check(prlimit(process, RLIMIT_NOFILE, new rlimit { rlim_cur = (ulong)limit, rlim_max = (ulong)limit }, 0));

    /// <summary>Sets the limit of another process so that <paramref name="free"/> descriptors remain free.</summary>
    public static void Leave(int process, int free)
    {
        string[] entries = Directory.GetFileSystemEntries($"/proc/{process}/fd");
        HashSet<int> taken = [.. entries.Select(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture))];
        Set(process, Enumerable.Range(0, int.MaxValue).Where(number => !taken.Contains(number)).ElementAt(free));
    }

    /// <summary>Frees one descriptor. At least <see cref="Room"/> calls succeed.</summary>
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
