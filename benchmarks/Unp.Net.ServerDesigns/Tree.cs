using System.Diagnostics;
using System.Globalization;

namespace Unp.Net.ServerDesigns;

/// <summary>
/// The processor time of a process and its children, in nanoseconds. The original reads it once, at the end, with <c>getrusage</c>.
/// </summary>
static class Tree
{
    static readonly long Tick = 1_000_000_000 / Native.ClockTicks;

    /// <summary>Returns the time of the process, of its running children and of its reaped ones.</summary>
    internal static long CpuNanoseconds(int pid) =>
        Native.ProcessCpuNanoseconds(pid) + WaitedFor(pid) + Children(pid).Sum(OfChild);

    internal static int[] Children(int pid) =>
    [
        .. Directory.GetDirectories($"/proc/{pid}/task").SelectMany(ChildrenOfThread)
            .Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Waits until the processes are idle: no child is ending, and no processor time is used.</summary>
    internal static void AwaitQuiet(int pid, int children)
    {
        const long Nothing = 100_000; // 0.1 ms in 20 ms
        var watch = Stopwatch.StartNew();
        long before, now = CpuNanoseconds(pid);
        do
        {
            Thread.Sleep(20);
            (before, now) = (now, CpuNanoseconds(pid));
            if (watch.Elapsed > Child.AnswerTimeout)
                throw new BenchmarkException("the server does not become idle");
        }
        while (now - before > Nothing || Children(pid).Length > children);
    }

    /// <summary>
    /// Returns the time of a child and its own reaped children. 0 if it has just ended, because then the parent's reaped time includes it.
    /// </summary>
    static long OfChild(int pid)
    {
        try
        {
            return Native.ProcessCpuNanoseconds(pid);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    /// <summary>
    /// Returns the time of reaped children, in steps of a tick. That is exact enough for a thousand processes, and the other designs reap
    /// none.
    /// </summary>
    static long WaitedFor(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int CuTime = 13, CsTime = 14; // counted from the state, the third field of proc(5)
        return (long.Parse(fields[CuTime], CultureInfo.InvariantCulture) + long.Parse(fields[CsTime], CultureInfo.InvariantCulture)) * Tick;
    }

    static string[] ChildrenOfThread(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // the thread is gone
        }
    }
}
