using BenchmarkDotNet.Attributes;
using Mono.Unix.Native;
using static Unp.Net.Libc;

namespace Unp.Net.Benchmarks;

/// <summary>
/// Benchmarks of a wrapper's cost over the wrapped call: one byte read from a stream socket and from the cheapest device.
/// </summary>
public class CallBenchmarks
{
    const int Calls = 100_000;

    readonly byte[] buffer = new byte[1];
    Feed? feed;
    Fd fd = null!;
    int descriptor;

    [Params("socket", "/dev/zero")]
    public string From { get; set; } = "";

    [GlobalSetup]
    public void Open()
    {
        feed = From == "socket" ? new Feed() : null;
        fd = feed?.Reader ?? Libunp.Open(From, O_RDONLY);
        descriptor = (int)fd.DangerousGetHandle();
    }

    [GlobalCleanup]
    public void Close()
    {
        feed?.Dispose();
        fd.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Calls)]
    public long C_read() => Reference.c_read_bytes(descriptor, Calls);

    [Benchmark(OperationsPerInvoke = Calls)]
    public unsafe long Libc_read_int()
    {
        long got = 0;
        fixed (byte* p = buffer)
        {
            for (int i = 0; i < Calls; i++)
                got += read(descriptor, p, 1);
        }
        return got;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public long Libc_read_SafeHandle()
    {
        long got = 0;
        for (int i = 0; i < Calls; i++)
            got += read(fd, buffer);
        return got;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public long Libunp_Read()
    {
        long got = 0;
        for (int i = 0; i < Calls; i++)
            got += Libunp.Read(fd, buffer);
        return got;
    }

    [Benchmark(OperationsPerInvoke = Calls)]
    public unsafe long MonoPosix_Syscall_read()
    {
        long got = 0;
        fixed (byte* p = buffer)
        {
            for (int i = 0; i < Calls; i++)
                got += Syscall.read(descriptor, p, 1);
        }
        return got;
    }
}
