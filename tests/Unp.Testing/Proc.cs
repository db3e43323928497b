namespace Unp.Testing;

/// <summary>Facts about other processes from proc(5).</summary>
public static class Proc
{
    /// <summary>Returns the state of a process's first thread: S asleep, T stopped, Z zombie, or X if it is gone.</summary>
    public static char State(int process) => State($"/proc/{process}");

    /// <summary>Whether all threads are stopped.</summary>
    public static bool IsStopped(int process) => Directory.GetDirectories($"/proc/{process}/task").All(thread => State(thread) == 'T');

    /// <summary>Counts the sockets of a process. Files are not counted, because the runtime may open more at any time.</summary>
    public static int Sockets(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd")
        .Count(entry => new FileInfo(entry).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);

    /// <summary>Whether a process runs one of the programs of <c>samples/Unp.Samples</c>. False for a zombie.</summary>
    public static bool IsUnp(int process) =>
        new FileInfo($"/proc/{process}/exe").LinkTarget?.EndsWith("/unp", StringComparison.Ordinal) == true;

    /// <summary>Counts the threads with this name that sleep in one of these system calls.</summary>
    public static int ThreadsIn(int process, string name, params string[] systemCalls)
    {
        int[] numbers = [.. systemCalls.SelectMany(SystemCalls.Numbers)];
        return Directory.GetDirectories($"/proc/{process}/task")
            .Count(thread => Name(thread) == name && numbers.Contains(SystemCalls.Current(thread)));
    }

    /// <summary>Gets the processor time of a process, in user mode and in the kernel.</summary>
    public static TimeSpan ProcessorTime(int process)
    {
        const int TicksPerSecond = 100; // USER_HZ
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((double)(long.Parse(fields[11], null) + long.Parse(fields[12], null)) / TicksPerSecond);
    }

    static string Name(string thread)
    {
        try
        {
            return File.ReadAllText($"{thread}/comm").TrimEnd();
        }
        catch (IOException)
        {
            return ""; // the thread is gone
        }
    }

    static char State(string thread)
    {
        try
        {
            string stat = File.ReadAllText($"{thread}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return 'X';
        }
    }
}
