namespace Unp.Net.Tests.Ipc;

public sealed class SharedMutexTests : IDisposable
{
    readonly Fd shared = Shared_memory(4096);
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
    public void Processes_and_threads_take_turns()
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
    public void Who_comes_after_one_that_died_gets_it_and_is_told()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            using SpawnedProcess holder = Spawn(ChildProcess.Executable, ["hold the mutex"], new() { Descriptors = { [1] = write, [3] = shared } });
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
    public void A_thread_that_ends_with_it_has_died_too()
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
                // The kernel marks the mutex when the thread is gone, which is later than what Join waits for.
                bool taken = mutex.TryEnter(out bool ownerDied);
                if (taken)
                    mutex.Exit();
                return taken && ownerDied;
            },
            "the owner's death is told");
    }

    [Fact]
    public void Its_owner_alone_gives_it_back_and_does_not_take_it_twice()
    {
        Assert.Equal(Errno.EPERM, Assert.Throws<UnpException>(mutex.Exit).Errno);
        Assert.False(mutex.Enter());
        Assert.Equal(Errno.EDEADLK, Assert.Throws<UnpException>(() => mutex.Enter()).Errno);
        Assert.Equal(Errno.EPERM, Assert.Throws<UnpException>(() => Limit.Run(mutex.Exit)).Errno);
        mutex.Exit();
    }

    [Fact]
    public void A_second_one_is_not_made_over_it_and_none_is_opened_where_none_is()
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
    public void Memory_that_is_disposed_stays_mapped_as_long_as_the_mutex_is_used()
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
