namespace Unp.Net.Tests.Ipc;

public sealed class MappedMemoryTests
{
    [Fact]
    public void Write_through_mapping_is_visible_in_other_mapping_and_file()
    {
        using Fd shared = SharedMemory(4096);
        using MappedMemory first = Mmap(4096, PROT_READ | PROT_WRITE, MAP_SHARED, shared);
        using MappedMemory second = Mmap(4096, PROT_READ, MAP_SHARED, shared);
        Assert.Equal(4096, second.Length);
        Assert.False(second.Span.ContainsAnyExcept((byte)0));
        first.At<long>(8) = 0x0102030405060708;
        Assert.Equal(0x0102030405060708, second.At<long>(8));
        byte[] read = new byte[16];
        Assert.Equal(16, Read(shared, read));
        Assert.Equal(first.Span[..16].ToArray(), read);
    }

    [Fact]
    public void Anonymous_memory_is_zero_and_ends_with_dispose()
    {
        MappedMemory memory = Mmap(10, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS);
        memory.Span.Fill(1);
        Assert.Equal(0x01010101, memory.At<int>(6));
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.At<byte>(0));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void Access_outside_memory_is_refused(long offset)
    {
        using MappedMemory memory = Mmap(8, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.At<long>(offset));
        Assert.Equal(0, memory.At<long>(0));
    }

    [Fact]
    public void Wrong_use_is_reported()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Mmap(0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS));
        Assert.Throws<ArgumentOutOfRangeException>(() => SharedMemory(0));
        Pipe(out Fd read, out Fd write);
        using (read)
        using (write)
        {
            Assert.Equal(Errno.ENODEV, Assert.Throws<UnpException>(() => Mmap(1, PROT_READ, MAP_SHARED, read)).Errno);
        }
        Assert.Equal(Errno.ENOMEM, Assert.Throws<UnpException>(() => Mmap(long.MaxValue, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS)).Errno);
    }
}
