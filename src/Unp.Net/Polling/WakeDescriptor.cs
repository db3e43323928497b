using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A descriptor that becomes readable when another thread wants it so: an eventfd, or a pipe where there is none.</summary>
sealed class WakeDescriptor : IDisposable
{
    readonly Fd reader;
    readonly Fd writer;
    int isSet;

    public WakeDescriptor()
    {
        if (OperatingSystem.IsLinux())
        {
            int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
            reader = writer = fd >= 0 ? new Fd(fd) : throw new UnpException(Errno.Last, "eventfd");
            return;
        }
        Libunp.Pipe(out reader, out writer);
        Libunp.Fcntl(reader, F_SETFL, O_NONBLOCK);
        Libunp.Fcntl(writer, F_SETFL, O_NONBLOCK);
    }

    /// <summary>What to wait for.</summary>
    public Fd Reader => reader;

    /// <summary>Makes it readable, once however often it is called.</summary>
    public void Set()
    {
        // Eight bytes are what an eventfd takes; a pipe has no objection.
        if (Interlocked.Exchange(ref isSet, 1) == 0)
            _ = write(writer, [1, 0, 0, 0, 0, 0, 0, 0]);
    }

    /// <summary>Makes it unreadable. A <see cref="Set"/> from now on counts again.</summary>
    public void Reset()
    {
        Span<byte> eight = stackalloc byte[8];
        _ = read(reader, eight);

        // The flag goes last: a Set between the two would write what is then read, and leave the flag up over nothing, for good. One that finds the
        // flag still up has ended the wait that ends here, and the exchange shows this thread what that one wrote before.
        Interlocked.Exchange(ref isSet, 0);
    }

    public void Dispose()
    {
        reader.Dispose();
        writer.Dispose();
    }
}
