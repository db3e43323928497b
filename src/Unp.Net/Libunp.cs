using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// The functions of <em>UNIX Network Programming</em> under the book's names: <c>using static Unp.Net.Libunp;</c>.
/// </summary>
/// <remarks>
/// <para>A capitalised function throws <see cref="UnpException"/> where C's calls <c>err_sys</c>. A function that the book made has a lower-case twin,
/// which returns -1 (or null) and leaves <see cref="Errno.Last"/>; that of a system call is in <see cref="Libc"/>.</para>
/// <para>Descriptors go in as any <see cref="SafeHandle"/> and come out as <see cref="Fd"/>, close-on-exec. A call that a signal interrupted is
/// made again; one with a time-out (SO_RCVTIMEO) starts that anew. A closed descriptor is an <see cref="ObjectDisposedException"/>.</para>
/// </remarks>
public static partial class Libunp
{
    /// <summary>The book's longest line of text, in bytes, with its newline.</summary>
    public const int MAXLINE = 4096;

    /// <summary>The book's size for reads and writes, in bytes.</summary>
    public const int BUFFSIZE = 8192;

    /// <summary>The book's backlog for <see cref="Listen"/>; the environment variable LISTENQ overrides any.</summary>
    public const int LISTENQ = 1024;

    /// <summary>The port of the book's TCP and UDP echo servers.</summary>
    public const int SERV_PORT = 9877;

    /// <summary>The path of the book's Unix domain stream servers.</summary>
    public const string UNIXSTR_PATH = "/tmp/unix.str";

    /// <summary>The path of the book's Unix domain datagram servers.</summary>
    public const string UNIXDG_PATH = "/tmp/unix.dg";

    /// <summary>Refuses a descriptor that is null or closed, before the kernel sees its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(SafeHandle fd, [CallerArgumentExpression(nameof(fd))] string name = "")
    {
        if (fd is null || fd.IsClosed)
            ThrowUnusable(fd, name);
    }

    static void ThrowUnusable(SafeHandle? fd, string name)
    {
        ArgumentNullException.ThrowIfNull(fd, name);
        throw new ObjectDisposedException(fd is Fd ? fd.ToString() : $"{fd.GetType().Name} {fd.DangerousGetHandle()} (closed)");
    }

    /// <summary>Refuses a buffer of no bytes where the 0 of a full buffer would read as end of file.</summary>
    static void CheckRoom(Span<byte> buffer, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer has 0 bytes: nothing read could not be told from end of file.", name);
    }

    /// <summary>Whether a call failed only because a signal was handled meanwhile, so that it is made again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Interrupted(nint result) => result < 0 && Errno.Last == Errno.EINTR;

    /// <summary>The exception for a call that just failed.</summary>
    static UnpException Failed(string function, string? subject = null) => new(Errno.Last, function, subject);

    /// <inheritdoc cref="Failed(string, string?)"/>
    static UnpException Failed(string function, ErrMessage subject)
    {
        var (text, errno) = subject.Finish();
        return new UnpException(errno, function, text);
    }

    static UnpException Failed(string function, long bytesTransferred) =>
        new(Errno.Last, function, $"{function} error: {Errno.Last.Message}", bytesTransferred);

    static UnpException Failed(string function, in SockAddr address, long bytesTransferred) =>
        new(Errno.Last, function, $"{function} error: {Errno.Last.Message} ({address})", bytesTransferred);
}
