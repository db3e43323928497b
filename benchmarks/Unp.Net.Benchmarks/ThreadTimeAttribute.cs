using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace Unp.Net.Benchmarks;

/// <summary>
/// Measures the processor's time of the thread, in the kernel and out of it: what else runs on the machine is not counted. For benchmarks all of whose work
/// is done by their own thread.
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
