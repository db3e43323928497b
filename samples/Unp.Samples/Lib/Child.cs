using System.Collections.Concurrent;

namespace Unp.Samples;

/// <summary>
/// A substitute for the children of <c>fork()</c>, which a managed process cannot call. <see cref="Start"/> serves a client on a thread.
/// </summary>
/// <remarks>
/// A failure of the thread is printed and ends only the thread. When it ends, the handler of <see cref="OnSigchld"/> runs, and
/// <see cref="Wait"/> returns the child's number. Until then the number stays in a queue, like a zombie.
/// <see cref="Exec"/> starts a real process.
/// </remarks>
static class Child
{
    static readonly ConcurrentQueue<int> Zombies = new();

    /// <summary>
    /// Stands for SIGCHLD. Like the signal, it is not queued. A real signal is not used, because .NET needs a thread-pool thread for the
    /// handler and aborts the process if it cannot create one.
    /// </summary>
    static readonly AutoResetEvent Sigchld = new(false);

    /// <summary>
    /// Serves a client on a new thread and then closes the connection. If no thread can be created, only this client is lost, whereas C's
    /// <c>Fork</c> ends the server.
    /// </summary>
    public static void Start(Fd connfd, Action<Fd> serve)
    {
        ProgramThread.StartFor(connfd, new Thread(() =>
        {
            using (connfd)
                UnpProgram.Run(() => serve(connfd));
            Zombies.Enqueue(Environment.CurrentManagedThreadId);
            Sigchld.Set();
        }));
    }

    /// <summary>Starts one of the programs as a process, like <c>fork()</c> and <c>exec()</c>.</summary>
    public static SpawnedProcess Exec(string program, string[] arguments, SpawnOptions options) =>
        Spawn(OwnCommand.Program, [.. OwnCommand.HostArguments, program, "--", .. arguments], options);

    /// <summary>
    /// Returns the number of a child that has ended, or 0 if there is none: <c>waitpid(-1, &amp;stat, WNOHANG)</c>.
    /// </summary>
    public static int Wait() => Zombies.TryDequeue(out int child) ? child : 0;

    /// <summary>Establishes a handler for SIGCHLD, which runs on its own thread.</summary>
    public static void OnSigchld(Action handle) => ProgramThread.Start(() =>
    {
        while (true)
        {
            Sigchld.WaitOne();
            handle();
        }
    });

    /// <summary>A SIGCHLD handler that waits for one child (figure 5.7).</summary>
    public static void SigchldWait()
    {
        int pid = Wait();
        if (pid > 0)
            Console.WriteLine($"child {pid} terminated");
    }

    /// <summary>A SIGCHLD handler that waits for every child that has ended (figure 5.11).</summary>
    public static void SigchldWaitpid()
    {
        int pid;
        while ((pid = Wait()) > 0)
            Console.WriteLine($"child {pid} terminated");
    }
}
