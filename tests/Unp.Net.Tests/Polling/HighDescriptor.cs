namespace Unp.Net.Tests.Polling;

/// <summary>Descriptors that select does not support.</summary>
static class HighDescriptor
{
    /// <summary>Creates a duplicate whose number is 1024 or more. The test is skipped if the limit does not allow one.</summary>
    public static Fd Of(Fd fd)
    {
        int number = fcntl(Kernel.Number(fd), F_DUPFD_CLOEXEC, FdSet.Capacity);
        Assert.SkipWhen(number < 0, $"No descriptor over {FdSet.Capacity - 1} is allowed here: {Errno.Last.Message}");
        return new Fd(number);
    }
}
