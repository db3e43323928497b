using System.Collections.Concurrent;
using System.Globalization;

namespace Unp.Samples;

/// <summary>
/// What is left of <c>fork()</c> in a managed process: a thread that serves one client. Its failure is printed and ends it alone. When it
/// ends, the handler of <see cref="OnSigchld"/> runs, and the child's number waits to be asked for. A child that nobody asks for stays a
/// zombie: one number in a queue. A child that executes a program is a process, though.
/// </summary>
static class Child
{
    static readonly ConcurrentQueue<int> Zombies = new();

    /// <summary>
    /// SIGCHLD: like a signal, it is not queued. A real one needs a thread of .NET's pool for its handler, and aborts the process where
    /// none can be made.
    /// </summary>
    static readonly AutoResetEvent Sigchld = new(false);

    /// <summary>
    /// Serves a client beside the caller, and closes its connection. When no thread can be made, only this client is lost: C's <c>Fork</c>
    /// ends the server.
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

    /// <summary>Starts another of the programs as a process: <c>fork()</c> and <c>exec()</c>.</summary>
    public static SpawnedProcess Exec(string program, string[] arguments, SpawnOptions options) =>
        Spawn(OwnCommand.Program, [.. OwnCommand.HostArguments, program, "--", .. arguments], options);

    /// <summary>A number that a program is started with: a descriptor's, say.</summary>
    public static int Number(string text)
    {
        bool isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        return isNumber ? number : throw new FormatException($"{text} is no number");
    }

    /// <summary>The number of a child that has ended and was not asked for yet, or 0: <c>waitpid(-1, &amp;stat, WNOHANG)</c>.</summary>
    public static int Wait() => Zombies.TryDequeue(out int child) ? child : 0;

    /// <summary>Establishes a handler of SIGCHLD, which runs on a thread of its own.</summary>
    public static void OnSigchld(Action handle) => ProgramThread.Start(() =>
    {
        while (true)
        {
            Sigchld.WaitOne();
            handle();
        }
    });

    /// <summary>A handler of SIGCHLD that waits for one child (figure 5.7).</summary>
    public static void SigchldWait()
    {
        int pid = Wait();
        if (pid > 0)
            Console.WriteLine($"child {pid} terminated");
    }

    /// <summary>A handler of SIGCHLD that waits for every child there is (figure 5.11).</summary>
    public static void SigchldWaitpid()
    {
        int pid;
        while ((pid = Wait()) > 0)
            Console.WriteLine($"child {pid} terminated");
    }
}
