using System.Globalization;

namespace Unp.Testing.Child;

/// <summary>Scenarios of a second process that uses the locks of a test.</summary>
static class Locks
{
    const int SharedDescriptor = 3;

    /// <summary>Locks the second ten bytes of a file until standard input ends.</summary>
    public static void HoldRecord(string path)
    {
        using Fd file = Open(path, O_RDWR);
        Fcntl(file, F_SETLKW, new RecordLock(F_WRLCK, 10, 10));
        Console.WriteLine("held");
        Console.In.ReadToEnd();
    }

    /// <summary>Enters the mutex in the inherited memory and keeps it until the process is killed.</summary>
    public static void HoldMutex() => WithMutex((mutex, _) =>
    {
        mutex.Enter();
        Console.WriteLine("held");
        Thread.Sleep(Timeout.Infinite);
    });

    /// <summary>Increments a counter under the mutex in separate steps, so that a second owner would lose increments.</summary>
    public static void Count(string times) => WithMutex((mutex, memory) =>
    {
        for (int i = int.Parse(times, CultureInfo.InvariantCulture); i > 0; i--)
        {
            using (mutex.EnterScope())
            {
                long seen = memory.At<long>(SharedMutex.Size);
                Thread.SpinWait(20);
                memory.At<long>(SharedMutex.Size) = seen + 1;
            }
        }
    });

    static void WithMutex(Action<SharedMutex, MappedMemory> action)
    {
        using var shared = new Fd(SharedDescriptor);
        using MappedMemory memory = Mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, shared);
        using SharedMutex mutex = SharedMutex.Open(memory);
        action(mutex, memory);
    }
}
