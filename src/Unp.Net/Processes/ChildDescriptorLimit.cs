using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// Gives children, and what Execv makes of this process, the usual soft limit of descriptors. The .NET runtime raises its own to the hard
/// limit when it starts and keeps no trace of the former value; with such a limit select's FD_SET overruns its set, and programs that close
/// every possible number take long.
/// </summary>
/// <remarks>
/// <para>posix_spawn(3) has no attribute for it, so the child has to inherit it: this process's limit is lowered while the child is
/// started. Its other threads do not notice, because they find free numbers below the limit all the same. With too few of them the child's
/// limit is set after its start instead.</para>
/// <para>A limit at or below the usual one is left as it is.</para>
/// </remarks>
static unsafe partial class ChildDescriptorLimit
{
    /// <summary>FD_SETSIZE, which is every system's usual soft limit or above it.</summary>
    const int Usual = 1024;

    /// <summary>How many numbers must be free below the limit, for what the other threads open while it is lowered.</summary>
    const int Room = 256;

    static readonly Lock Starting = new();

    static int RLIMIT_NOFILE => Target.IsLinux ? 7 : 8;

    struct rlimit
    {
        internal ulong rlim_cur;
        internal ulong rlim_max;
    }

    /// <summary>Starts a child with the usual limit, one at a time: the limit is the whole process's.</summary>
    /// <param name="inherits">Whether the child gets this process's limit instead.</param>
    /// <param name="end">Above the highest descriptor that the child gets.</param>
    /// <param name="spawn">Starts it, and gives 0 or an errno.</param>
    /// <param name="pid">The child.</param>
    internal static int Start(bool inherits, int end, Spawning spawn, out int pid)
    {
        lock (Starting)
        {
            if (inherits || !IsRaised(out rlimit raised))
                return spawn(out pid);
            bool isLowered = end <= Usual && HasRoom() && Set(Lowered(raised));
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

    /// <summary>Becomes another program with the usual limit; this one has its own again if that fails.</summary>
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

    static bool HasRoom()
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
        return free >= Room;
    }

    // Without SetLastError: the error of execve is still to be read.
    [LibraryImport("libc")]
    private static partial int getrlimit(int resource, rlimit* limits);

    [LibraryImport("libc")]
    private static partial int setrlimit(int resource, rlimit* limits);

    [LibraryImport("libc")]
    private static partial int prlimit(int pid, int resource, rlimit* limits, rlimit* before);
}
