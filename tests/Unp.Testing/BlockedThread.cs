using System.Globalization;
using System.Runtime.InteropServices;
using Unp.Net;

namespace Unp.Testing;

/// <summary>A thread in a blocking call, which a test can observe and send signals to.</summary>
/// <typeparam name="T">The result type of the call.</typeparam>
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

    /// <summary>Gets the result of the call, or throws its exception.</summary>
    public T Result => result.Task.Within();

    /// <summary>Whether the call has returned or thrown.</summary>
    public bool Ended => result.Task.IsCompleted;

    /// <summary>Waits until the thread sleeps in one of these system calls.</summary>
    /// <param name="systemCalls">The names: <c>"accept4"</c>, <c>"poll"</c>...</param>
    public BlockedThread<T> WaitUntilIn(params string[] systemCalls)
    {
        int[] numbers = [.. systemCalls.SelectMany(SystemCalls.Numbers)];
        Limit.Until(
            () => Ended || numbers.Contains(SystemCalls.Current($"/proc/self/task/{id.Task.Within()}")),
            $"the thread sleeps in {string.Join(" or ", systemCalls)}");
        if (Ended)
        {
            string end = result.Task.Exception?.InnerException?.Message ?? "it returned";
            throw new InvalidOperationException($"The call ended instead of blocking: {end}");
        }
        return this;
    }

    /// <summary>Sends a signal to this thread only: <c>tgkill(2)</c>.</summary>
    public void Kill(int signal)
    {
        if (SystemCalls.tgkill(Libc.getpid(), id.Task.Within(), signal) < 0)
            throw new UnpException(Errno.Last, "tgkill");
    }
}

static partial class SystemCalls
{
    // The numbers of x86-64 and arm64. Where an architecture lacks the call, the number is its successor's.
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

    /// <summary>The number of the system call in which a thread sleeps, or -1. It is read from the thread's directory of proc(5).</summary>
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
