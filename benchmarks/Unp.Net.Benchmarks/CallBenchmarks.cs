using BenchmarkDotNet.Attributes;
using Microsoft.Win32.SafeHandles;
using Mono.Unix.Native;
using static Unp.Net.Libc;

namespace Unp.Net.Benchmarks;

/// <summary>What a wrapper costs over the call it wraps: one byte read from /dev/zero.</summary>
public class CallBenchmarks
{
    const int Calls = 100_000;

    readonly byte[] buffer = new byte[1];
    Fd fd = null!;
    int descriptor;
    SafeFileHandle handle = null!;

    [GlobalSetup]
    public void Open()
    {
        fd = Libunp.Open("/dev/zero", O_RDONLY);
        descriptor = (int)fd.DangerousGetHandle();
        handle = File.OpenHandle("/dev/zero");
    }

    [GlobalCleanup]
    public void Close()
    {
        fd.Dispose();
        handle.Dispose();
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

    [Benchmark(OperationsPerInvoke = Calls)]
    public long RandomAccess_Read()
    {
        long got = 0;
        for (int i = 0; i < Calls; i++)
            got += RandomAccess.Read(handle, buffer, 0);
        return got;
    }
}
