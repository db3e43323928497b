using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace Unp.Net.Benchmarks;

/// <summary>
/// Measures the processor time of the benchmark's thread, in user mode and in the kernel, so other work on the machine does not count.
/// It suits only benchmarks whose work runs entirely on their own thread.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class ThreadTimeAttribute() : JobMutatorConfigBaseAttribute(new Job().WithClock(new Clock()))
{
    sealed class Clock : IClock
    {
        public string Title => "Thread time";

        public bool IsAvailable => true;

        public Frequency Frequency => Frequency.GHz;

        public long GetTimestamp() => Reference.c_thread_time();
    }
}
