namespace Unp.Net;

/// <summary>The resource usage of a process. A number that the system does not count is 0. (getrusage(2))</summary>
public struct rusage
{
    /// <summary>Processor time in the program.</summary>
    public timeval ru_utime;

    /// <summary>Processor time in the kernel, for the program.</summary>
    public timeval ru_stime;

    /// <summary>The maximum resident memory, in KiB; on macOS in bytes.</summary>
    public long ru_maxrss;

    /// <summary>Shared memory, integrated over time; not counted by Linux.</summary>
    public long ru_ixrss;

    /// <summary>Unshared data, integrated over time; not counted by Linux.</summary>
    public long ru_idrss;

    /// <summary>Stack size, integrated over time; not counted by Linux.</summary>
    public long ru_isrss;

    /// <summary>Number of page faults without disk access.</summary>
    public long ru_minflt;

    /// <summary>Number of page faults with disk access.</summary>
    public long ru_majflt;

    /// <summary>Number of times it was swapped out; not counted by Linux.</summary>
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

    /// <summary>Number of voluntary context switches, such as waits.</summary>
    public long ru_nvcsw;

    /// <summary>Number of involuntary context switches.</summary>
    public long ru_nivcsw;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{ru_utime={tv_sec=0, tv_usec=210}, ...}"</c>.</summary>
    public override readonly string ToString() =>
        $"{{ru_utime={ru_utime}, ru_stime={ru_stime}, ru_maxrss={ru_maxrss}, ru_ixrss={ru_ixrss}, "
        + $"ru_idrss={ru_idrss}, ru_isrss={ru_isrss}, ru_minflt={ru_minflt}, ru_majflt={ru_majflt}, "
        + $"ru_nswap={ru_nswap}, ru_inblock={ru_inblock}, ru_oublock={ru_oublock}, ru_msgsnd={ru_msgsnd}, "
        + $"ru_msgrcv={ru_msgrcv}, ru_nsignals={ru_nsignals}, ru_nvcsw={ru_nvcsw}, ru_nivcsw={ru_nivcsw}}}";
}
