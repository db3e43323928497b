using System.Globalization;

#pragma warning disable CA1416 // signalfd(2) exists on Linux only, and the tests run there

namespace Unp.Testing.Child;

/// <summary>A scenario of signals to the process and a thread that waits for them.</summary>
static class WaitForSignal
{
    /// <summary>Blocks the signal in one thread, or expects it to be blocked in all, and prints each signal that arrives.</summary>
    public static void Run(string where, int signo)
    {
        SigSet set = SigSet.Of(signo);
        using (IDisposable other = Signal(SIGCHLD, _ => { })) // starts the runtime's own signal thread
            GC.Collect();
        var waiting = new Thread(() =>
        {
            if (where == "thread")
                Sigprocmask(SIG_BLOCK, set);
            else if (!IsBlockedEverywhere(signo))
                Console.WriteLine("not blocked in every thread");
            using Fd fd = Signalfd(set);
            var signals = new signalfd_siginfo[1];
            Console.WriteLine("ready");
            while (ReadSignalfd(fd, signals) == 1)
                Console.WriteLine($"took {signals[0].ssi_signo}");
        })
        { IsBackground = true };
        waiting.Start();
        Console.In.ReadToEnd();
    }

    static bool IsBlockedEverywhere(int signo) => Directory.GetDirectories("/proc/self/task").All(task =>
    {
        string line = File.ReadLines(Path.Combine(task, "status")).Single(line => line.StartsWith("SigBlk:", StringComparison.Ordinal));
        ulong blocked = ulong.Parse(line["SigBlk:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (blocked & (1ul << (signo - 1))) != 0;
    });
}
