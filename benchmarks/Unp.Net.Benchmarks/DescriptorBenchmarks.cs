using BenchmarkDotNet.Attributes;
using static Unp.Net.Libc;
using static Unp.Net.Libunp;

namespace Unp.Net.Benchmarks;

/// <summary>Benchmarks of passing a descriptor through a socket pair: send, receive, close.</summary>
[ThreadTime]
public class DescriptorBenchmarks
{
    const int Descriptors = 20_000;

    readonly byte[] data = new byte[1];
    Fd sender = null!;
    Fd receiver = null!;
    Fd passed = null!;

    [GlobalSetup]
    public void Open()
    {
        Socketpair(AF_UNIX, SOCK_STREAM, 0, out sender, out receiver);
        passed = Libunp.Open("/dev/null", O_RDWR);
    }

    [GlobalCleanup]
    public void Close()
    {
        sender.Dispose();
        receiver.Dispose();
        passed.Dispose();
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Descriptors)]
    public long C_sendmsg_recvmsg() => Checked(Reference.c_pass_descriptor(
        (int)sender.DangerousGetHandle(), (int)receiver.DangerousGetHandle(), (int)passed.DangerousGetHandle(), Descriptors));

    [Benchmark(OperationsPerInvoke = Descriptors)]
    public long Libunp_Write_fd_Read_fd()
    {
        long count = 0;
        for (int i = 0; i < Descriptors; i++)
        {
            Write_fd(sender, data, passed);
            Read_fd(receiver, data, out Fd? received);
            if (received is null)
                break;
            received.Dispose();
            count++;
        }
        return Checked(count);
    }

    /// <summary>The cost of the owning object alone: creates and disposes one that owns no descriptor.</summary>
    [Benchmark(OperationsPerInvoke = Descriptors)]
    public long Fd_alone()
    {
        long count = 0;
        for (int i = 0; i < Descriptors; i++)
        {
            using var fd = Fd.Borrow(0);
            count += fd.IsInvalid ? 0 : 1;
        }
        return Checked(count);
    }

    /// <summary>Throws if a descriptor did not arrive, because the measurement is then void.</summary>
    static long Checked(long count) =>
        count == Descriptors ? count : throw new InvalidOperationException($"{count} descriptors of {Descriptors}");
}
