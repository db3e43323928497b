namespace Unp.Net.Tests.Ipc;

public sealed class SharedMutexTests : IDisposable
{
    readonly Fd shared = SharedMemory(4096);
    readonly MappedMemory memory;
    readonly SharedMutex mutex;

    public SharedMutexTests()
    {
        memory = Mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, shared);
        mutex = SharedMutex.Create(memory);
    }

    public void Dispose()
    {
        mutex.Dispose();
        memory.Dispose();
        shared.Dispose();
    }

    [Fact]
    public void Mutex_excludes_processes_and_threads()
    {
        const int Times = 20_000;
        using SpawnedProcess first = Start("count under the mutex", $"{Times}");
        using SpawnedProcess second = Start("count under the mutex", $"{Times}");
        for (int i = 0; i < Times; i++)
        {
            using (mutex.EnterScope())
                memory.At<long>(SharedMutex.Size)++;
        }
        Assert.Equal((0, 0), (Limit.Run(first.Wait).ExitStatus, Limit.Run(second.Wait).ExitStatus));
        Assert.Equal(3 * Times, memory.At<long>(SharedMutex.Size));
    }

    [Fact]
    public void Next_owner_acquires_mutex_and_learns_of_death()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            using SpawnedProcess holder = Spawn(
            ChildProcess.Executable, ["hold the mutex"], new() { Descriptors = { [1] = write, [3] = shared } });
            write.Dispose();
            Assert.Equal(5, Limit.Run(() => Readn(read, new byte[5])));
            Assert.False(mutex.TryEnter(out _));
            holder.Kill(SIGKILL);
            Limit.Run(holder.Wait);
        }
        Assert.True(Limit.Run(() =>
        {
            using SharedMutex.Scope scope = mutex.EnterScope();
            return scope.OwnerDied;
        }));
        Assert.True(mutex.TryEnter(out bool ownerDied));
        Assert.False(ownerDied);
        mutex.Exit();
    }

    [Fact]
    public void Thread_that_ends_as_owner_counts_as_dead()
    {
        Limit.Run(() =>
        {
            var thread = new Thread(() => mutex.Enter());
            thread.Start();
            thread.Join();
        });
        Limit.Until(
            () =>
            {
                // The kernel marks the mutex when the thread has ended, which is later than Join returns.
                bool taken = mutex.TryEnter(out bool ownerDied);
                if (taken)
                    mutex.Exit();
                return taken && ownerDied;
            },
            "the death of the owner is reported");
    }

    [Fact]
    public void Only_owner_can_release_and_cannot_acquire_twice()
    {
        Assert.Equal(Errno.EPERM, Assert.Throws<UnpException>(mutex.Exit).Errno);
        Assert.False(mutex.Enter());
        Assert.Equal(Errno.EDEADLK, Assert.Throws<UnpException>(() => mutex.Enter()).Errno);
        Assert.Equal(Errno.EPERM, Assert.Throws<UnpException>(() => Limit.Run(mutex.Exit)).Errno);
        mutex.Exit();
    }

    [Fact]
    public void Second_create_and_open_without_mutex_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => SharedMutex.Create(memory));
        Assert.Throws<InvalidOperationException>(() => SharedMutex.Open(memory, 1024));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedMutex.Create(memory, 1025));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedMutex.Create(memory, 4096 - SharedMutex.Size + 8));
        using SharedMutex other = SharedMutex.Create(memory, 1024);
        using SharedMutex again = SharedMutex.Open(memory, 1024);
        other.Enter();
        Assert.False(again.TryEnter(out _));
        other.Exit();
    }

    [Fact]
    public void Disposed_memory_stays_mapped_while_mutex_is_used()
    {
        MappedMemory own = Mmap(SharedMutex.Size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS);
        SharedMutex inside = SharedMutex.Create(own);
        own.Dispose();
        inside.Enter();
        inside.Exit();
        inside.Dispose();
        Assert.Throws<ObjectDisposedException>(() => inside.Enter());
    }

    SpawnedProcess Start(string scenario, params string[] arguments) =>
        Spawn(ChildProcess.Executable, [scenario, .. arguments], new() { Descriptors = { [3] = shared } });
}
