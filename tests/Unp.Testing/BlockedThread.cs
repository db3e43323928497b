using System.Globalization;
using System.Runtime.InteropServices;
using Unp.Net;

namespace Unp.Testing;

/// <summary>A thread in a call that blocks, which a test can watch from outside and send signals to.</summary>
/// <typeparam name="T">What the call returns.</typeparam>
public sealed class BlockedThread<T>
{
    readonly TaskCompletionSource<T> result = new();
    readonly TaskCompletionSource<int> id = new();

    /// <summary>Starts the call.</summary>
    public BlockedThread(Func<T> call)
    {
        var thread = new Thread(() =>
        {
            id.SetResult(SystemCalls.gettid());
            try
            {
                result.SetResult(call());
            }
            catch (Exception failure)
            {
                result.SetException(failure);
            }
        })
        { IsBackground = true };
        thread.Start();
    }

    /// <summary>What the call returned; what it threw is thrown on.</summary>
    public T Result => result.Task.Within();

    /// <summary>Whether the call has ended, one way or the other.</summary>
    public bool Ended => result.Task.IsCompleted;

    /// <summary>Waits until the kernel has the thread asleep in one of these system calls.</summary>
    /// <param name="systemCalls">Names: <c>"accept4"</c>, <c>"poll"</c>...</param>
    public BlockedThread<T> WaitUntilIn(params string[] systemCalls)
    {
        int[] numbers = [.. systemCalls.SelectMany(SystemCalls.Numbers)];
        Limit.Until(() => Ended || numbers.Contains(SystemCalls.Current($"/proc/self/task/{id.Task.Within()}")), $"in {string.Join(" or ", systemCalls)}");
        if (Ended)
            throw new InvalidOperationException($"The call ended instead of blocking: {result.Task.Exception?.InnerException?.Message ?? "it returned"}");
        return this;
    }

    /// <summary><c>tgkill(2)</c>: the signal goes to this thread and no other.</summary>
    public void Kill(int signal)
    {
        if (SystemCalls.tgkill(Libc.getpid(), id.Task.Within(), signal) < 0)
            throw new UnpException(Errno.Last, "tgkill");
    }
}

static partial class SystemCalls
{
    // x86-64 and arm64; where one of them lacks the call, its successor.
    static readonly Dictionary<string, (int X64, int Arm64)> Table = new()
    {
        ["read"] = (0, 63),
        ["write"] = (1, 64),
        ["readv"] = (19, 65),
        ["writev"] = (20, 66),
        ["poll"] = (7, 73),
        ["select"] = (23, 72),
        ["connect"] = (42, 203),
        ["accept"] = (43, 202),
        ["accept4"] = (288, 242),
        ["sendto"] = (44, 206),
        ["recvfrom"] = (45, 207),
        ["sendmsg"] = (46, 211),
        ["recvmsg"] = (47, 212),
        ["sendmmsg"] = (307, 269),
        ["recvmmsg"] = (299, 243),
        ["pselect6"] = (270, 72),
        ["ppoll"] = (271, 73),
        ["epoll_wait"] = (232, 22),
        ["epoll_pwait"] = (281, 22),
        ["epoll_pwait2"] = (441, 441),
        ["rt_sigtimedwait"] = (128, 137),
        ["sendfile"] = (40, 71),
        ["splice"] = (275, 76),
        ["fcntl"] = (72, 25),
        ["futex"] = (202, 98),
        ["waitid"] = (247, 95),
    };

    internal static IEnumerable<int> Numbers(string name) =>
        [RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? Table[name].Arm64 : Table[name].X64];

    /// <summary>The number of the system call that a thread sleeps in, by its directory of proc(5), or -1.</summary>
    internal static int Current(string thread)
    {
        try
        {
            string state = File.ReadAllText($"{thread}/syscall");
            return int.TryParse(state.Split(' ')[0], CultureInfo.InvariantCulture, out int number) ? number : -1;
        }
        catch (IOException)
        {
            return -1; // the thread is gone
        }
    }

    [LibraryImport("libc")]
    internal static partial int gettid();

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int tgkill(int tgid, int tid, int sig);
}
