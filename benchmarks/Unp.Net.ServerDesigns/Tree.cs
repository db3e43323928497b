using System.Diagnostics;
using System.Globalization;

namespace Unp.Net.ServerDesigns;

/// <summary>The processor time of a process and its children, in nanoseconds: what the original's <c>getrusage</c> says at the end, at any time.</summary>
static class Tree
{
    static readonly long Tick = 1_000_000_000 / Native.ClockTicks;

    /// <summary>That of the process, of its children that run, and of those that it has waited for.</summary>
    internal static long CpuNanoseconds(int pid) =>
        Native.ProcessCpuNanoseconds(pid) + WaitedFor(pid) + Children(pid).Sum(OfChild);

    internal static int[] Children(int pid) =>
    [
        .. Directory.GetDirectories($"/proc/{pid}/task").SelectMany(ChildrenOfThread).Select(text => int.Parse(text, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Waits until nothing goes on any more: no child that ends, and no more time that is used.</summary>
    internal static void AwaitQuiet(int pid, int children)
    {
        const long Nothing = 100_000; // 0.1 ms in 20
        var watch = Stopwatch.StartNew();
        long before, now = CpuNanoseconds(pid);
        do
        {
            Thread.Sleep(20);
            (before, now) = (now, CpuNanoseconds(pid));
            if (watch.Elapsed > Child.Patience)
                throw new BenchmarkException("it does not come to rest");
        }
        while (now - before > Nothing || Children(pid).Length > children);
    }

    /// <summary>A child's own, and that of its children; 0 when it has ended just now: then it will be among those that are waited for.</summary>
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

    /// <summary>In hundredths of a second: enough for a thousand processes, and for others there are none.</summary>
    static long WaitedFor(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int CuTime = 13, CsTime = 14; // from the state on, which is the third of proc(5)
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
