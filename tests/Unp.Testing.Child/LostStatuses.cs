using System.Diagnostics;

namespace Unp.Testing.Child;

/// <summary>
/// Scenarios of child processes whose statuses the runtime takes. As process 1 of a container, it does so once SIGCHLD has a handler.
/// </summary>
static class LostStatuses
{
    /// <summary>Prints the statuses of two children after a preparation.</summary>
    public static void Print(string before)
    {
        using IDisposable? handler = Prepare(before);
        for (int i = 0; i < 2; i++)
        {
            Pipe(out Fd read, out Fd write);
            using (read)
            {
                using SpawnedProcess child = Spawn("sh", ["-c", "cat; exit 7"], new() { Descriptors = { [0] = read } });
                using Fd? pidfd = i == 0 ? null : Dup(child.Pidfd!);
                write.Dispose();
                UntilEnded(child.Id, isTaken: handler is not null || before == "process");
                Console.WriteLine(child.Wait());
            }
        }
    }

    /// <summary>Runs a pool of one worker, which is killed once. The next worker's readiness ends the pool.</summary>
    public static void ReplaceWorker()
    {
        using IDisposable? handler = Prepare("process");
        int ready = 0;
        WorkerPool? pool = null;
        pool = new WorkerPool(Tcp_listen("127.0.0.1", "0"), new()
        {
            Workers = 1,
            Program = Environment.ProcessPath,
            Arguments = ["worker"],
            OnEvent = e =>
            {
                if (e.Kind == WorkerEventKind.Ended)
                    Console.WriteLine($"{e.Kind} {e.Status}");
                if (e.Kind != WorkerEventKind.Ready)
                    return;
                if (++ready == 1)
                    Kill(e.ProcessId, SIGKILL);
                else
                    pool!.Stop();
            },
        });
        Console.WriteLine($"returned {pool.Run()}");
    }

    static IDisposable? Prepare(string before)
    {
        switch (before)
        {
            case "process":
                using (Process other = Process.Start("true"))
                    other.WaitForExit();
                return null;
            case "orphan":
                Spawn("sleep", ["0.01"]).Dispose();
                return null;
            case "sigchld":
                return Signal(SIGCHLD, _ => { });
            default:
                return null;
        }
    }

    /// <summary>Waits until a child is a zombie, or until the runtime has collected its status.</summary>
    static void UntilEnded(int pid, bool isTaken)
    {
        if (!SpinWait.SpinUntil(() => isTaken ? !Directory.Exists($"/proc/{pid}") : IsZombie(pid), TimeSpan.FromSeconds(20)))
            throw new TimeoutException($"process {pid} has not ended");
    }

    static bool IsZombie(int pid)
    {
        string stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[stat.LastIndexOf(')') + 2] == 'Z';
    }
}
