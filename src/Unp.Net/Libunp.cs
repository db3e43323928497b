using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// The functions of <em>UNIX Network Programming</em> under the book's names: <c>using static Unp.Net.Libunp;</c>.
/// </summary>
/// <remarks>
/// <para>A capitalised function throws <see cref="UnpException"/> where C's calls <c>err_sys</c>. A function that the book defines has a
/// lower-case twin that returns -1 (or null) and sets <see cref="Errno.Last"/>. The lower-case form of a system call is in
/// <see cref="Libc"/>.</para>
/// <para>Parameters take descriptors as any <see cref="SafeHandle"/>. New descriptors are returned as <see cref="Fd"/>, close-on-exec. A
/// closed descriptor causes an <see cref="ObjectDisposedException"/>.</para>
/// <para>A call that a signal interrupts is repeated. A time-out set with SO_RCVTIMEO or SO_SNDTIMEO then starts again.</para>
/// </remarks>
public static partial class Libunp
{
    /// <summary>The maximum length of a line of text in the book, in bytes, including the newline.</summary>
    public const int MAXLINE = 4096;

    /// <summary>The buffer size for reads and writes in the book, in bytes.</summary>
    public const int BUFFSIZE = 8192;

    /// <summary>The book's backlog for <see cref="Listen(SafeHandle)"/>.</summary>
    public const int LISTENQ = 1024;

    /// <summary>The port of the book's TCP and UDP echo servers.</summary>
    public const int SERV_PORT = 9877;

    /// <summary>The path of the book's Unix domain stream servers.</summary>
    public const string UNIXSTR_PATH = "/tmp/unix.str";

    /// <summary>The path of the book's Unix domain datagram servers.</summary>
    public const string UNIXDG_PATH = "/tmp/unix.dg";

    /// <summary>Throws if the descriptor is null or closed, because the kernel may have reused its number.</summary>
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

    /// <summary>Throws if the buffer is empty, because a result of 0 would then look like end of file.</summary>
    static void CheckRoom(Span<byte> buffer, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer must not be empty, because a result of 0 means end of file.", name);
    }

    /// <summary>Returns whether a call failed only because a signal interrupted it, so the caller repeats it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Interrupted(nint result) => result < 0 && Errno.Last == Errno.EINTR;

    /// <summary>Creates the exception for a call that has just failed.</summary>
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
