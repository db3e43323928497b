using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>A descriptor that another thread can make readable. It is an eventfd, or a pipe where eventfd does not exist.</summary>
sealed class WakeDescriptor : IDisposable
{
    readonly Fd reader;
    readonly Fd writer;
    int isSet;

    public WakeDescriptor()
    {
        if (Target.IsLinux)
        {
            int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
            reader = writer = fd >= 0 ? new Fd(fd) : throw new UnpException(Errno.Last, "eventfd");
            return;
        }
        Libunp.Pipe(out reader, out writer);
        Libunp.Fcntl(reader, F_SETFL, O_NONBLOCK);
        Libunp.Fcntl(writer, F_SETFL, O_NONBLOCK);
    }

    /// <summary>The descriptor to wait for.</summary>
    public Fd Reader => reader;

    /// <summary>Makes the descriptor readable. Further calls have no effect until <see cref="Reset"/>.</summary>
    public void Set()
    {
        // An eventfd requires eight bytes; a pipe accepts them.
        if (Interlocked.Exchange(ref isSet, 1) == 0)
            _ = write(writer, [1, 0, 0, 0, 0, 0, 0, 0]);
    }

    /// <summary>Makes the descriptor unreadable, so that <see cref="Set"/> works again.</summary>
    public void Reset()
    {
        Span<byte> eight = stackalloc byte[8];
        _ = read(reader, eight);

        // Clear the flag after the read. In the other order, Reset could read the bytes of a Set that came in between. The flag would stay
        // set, so all later Sets would be ignored. A Set that still finds the flag set writes nothing, but the wait ends now anyway. The
        // exchange is a full fence, so this thread sees what that thread wrote before its Set.
        Interlocked.Exchange(ref isSet, 0);
    }

    public void Dispose()
    {
        reader.Dispose();
        writer.Dispose();
    }
}
