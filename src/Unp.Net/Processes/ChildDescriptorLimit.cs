using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The usual soft limit of descriptors, for children and for the program that Execv starts. The .NET runtime raises its own soft limit to
/// the hard limit at startup and does not remember the former value. Under such a high limit select's FD_SET writes beyond its set, and a
/// program that closes every possible number is slow.
/// </summary>
/// <remarks>
/// <para>posix_spawn(3) has no attribute for the limit, so the child must inherit it: the process lowers its own limit while it starts the
/// child. Other threads do not notice, as long as enough numbers below the limit are free. Otherwise the child's limit is set after its
/// start instead.</para>
/// <para>A limit at or below the usual limit is not changed.</para>
/// </remarks>
static unsafe partial class ChildDescriptorLimit
{
    /// <summary>FD_SETSIZE. No system's usual soft limit is higher.</summary>
    const int Usual = 1024;

    /// <summary>How many numbers must be free below the limit. Other threads may open them while it is lowered.</summary>
    const int MinFree = 256;

    static readonly Lock Starting = new();

    static int RLIMIT_NOFILE => Target.IsLinux ? 7 : 8;

    struct rlimit
    {
        internal ulong rlim_cur;
        internal ulong rlim_max;
    }

    /// <summary>
    /// Starts a child with the usual limit. Only one thread at a time may do so, because the limit belongs to the whole process.
    /// </summary>
    /// <param name="inherits">Whether the child gets this process's limit instead.</param>
    /// <param name="end">The highest descriptor of the child plus one.</param>
    /// <param name="spawn">Starts the child and returns 0 or an errno.</param>
    /// <param name="pid">The process id of the child.</param>
    internal static int Start(bool inherits, int end, Spawning spawn, out int pid)
    {
        lock (Starting)
        {
            if (inherits || !IsRaised(out rlimit raised))
                return spawn(out pid);
            bool isLowered = end <= Usual && HasEnoughFree() && Set(Lowered(raised));
            int error;
            try
            {
                error = spawn(out pid);
            }
            finally
            {
                if (isLowered)
                    Set(raised);
            }
            if (!isLowered && error == 0 && Target.IsLinux)
            {
                rlimit usual = Lowered(raised);
                _ = prlimit(pid, RLIMIT_NOFILE, &usual, null);
            }
            return error;
        }
    }

    /// <summary>Replaces this program by another one with the usual limit. If that fails, the old limit is restored.</summary>
    internal static int Execute(Func<int> execve)
    {
        lock (Starting)
        {
            bool isLowered = IsRaised(out rlimit raised) && Set(Lowered(raised));
            int result = execve();
            if (isLowered)
                Set(raised);
            return result;
        }
    }

    internal delegate int Spawning(out int pid);

    static bool IsRaised(out rlimit limit)
    {
        rlimit now = default;
        bool isRaised = getrlimit(RLIMIT_NOFILE, &now) == 0 && now.rlim_cur > Usual;
        limit = now;
        return isRaised;
    }

    static rlimit Lowered(in rlimit raised) => raised with { rlim_cur = Usual };

    static bool Set(rlimit limit) => setrlimit(RLIMIT_NOFILE, &limit) == 0;

    static bool HasEnoughFree()
    {
        Span<pollfd> numbers = stackalloc pollfd[Usual];
        for (int number = 0; number < Usual; number++)
            numbers[number] = new pollfd { fd = number };
        int free = 0;
        fixed (pollfd* first = numbers)
        {
            if (poll(first, Usual, 0) < 0)
                return false;
        }
        foreach (ref readonly pollfd number in numbers)
            free += (number.revents & POLLNVAL) != 0 ? 1 : 0;
        return free >= MinFree;
    }

    // Without SetLastError, so that the error of execve is kept.
    [LibraryImport("libc")]
    private static partial int getrlimit(int resource, rlimit* limits);

    [LibraryImport("libc")]
    private static partial int setrlimit(int resource, rlimit* limits);

    [LibraryImport("libc")]
    private static partial int prlimit(int pid, int resource, rlimit* limits, rlimit* before);
}
