using System.Globalization;

namespace Unp.Testing.Child;

/// <summary>What another process does to locks that a test has, too.</summary>
static class Locks
{
    const int SharedDescriptor = 3;

    /// <summary>Holds the second ten bytes of a file until its input ends.</summary>
    public static void HoldRecord(string path)
    {
        using Fd file = Open(path, O_RDWR);
        Fcntl(file, F_SETLKW, new RecordLock(F_WRLCK, 10, 10));
        Console.WriteLine("held");
        Console.In.ReadToEnd();
    }

    /// <summary>Takes the mutex in the memory that it was given, and keeps it until it is killed.</summary>
    public static void HoldMutex() => WithMutex((mutex, _) =>
    {
        mutex.Enter();
        Console.WriteLine("held");
        Thread.Sleep(Timeout.Infinite);
    });

    /// <summary>Counts behind the mutex, in steps that another would be seen between.</summary>
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
