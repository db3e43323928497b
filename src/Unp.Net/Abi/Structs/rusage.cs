namespace Unp.Net;

/// <summary>What a process has used. Times apart, the systems count what they can: what one does not is 0. (getrusage(2))</summary>
public struct rusage
{
    /// <summary>Processor time in the program.</summary>
    public timeval ru_utime;

    /// <summary>Processor time in the kernel, for the program.</summary>
    public timeval ru_stime;

    /// <summary>The most memory it has had, in KiB; on macOS in bytes.</summary>
    public long ru_maxrss;

    /// <summary>Shared memory over time; not counted by Linux.</summary>
    public long ru_ixrss;

    /// <summary>Memory of its own over time; not counted by Linux.</summary>
    public long ru_idrss;

    /// <summary>Stack over time; not counted by Linux.</summary>
    public long ru_isrss;

    /// <summary>Page faults that needed no disk.</summary>
    public long ru_minflt;

    /// <summary>Page faults that did.</summary>
    public long ru_majflt;

    /// <summary>How often it was swapped out; not counted by Linux.</summary>
    public long ru_nswap;

    /// <summary>Blocks read from disk.</summary>
    public long ru_inblock;

    /// <summary>Blocks written to disk.</summary>
    public long ru_oublock;

    /// <summary>Messages sent; not counted by Linux.</summary>
    public long ru_msgsnd;

    /// <summary>Messages received; not counted by Linux.</summary>
    public long ru_msgrcv;

    /// <summary>Signals; not counted by Linux.</summary>
    public long ru_nsignals;

    /// <summary>How often it has waited for something.</summary>
    public long ru_nvcsw;

    /// <summary>How often the processor was taken from it.</summary>
    public long ru_nivcsw;
}
