using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Unp.Net;

/// <summary>An owned descriptor. Disposing the object closes the descriptor, once.</summary>
/// <remarks>
/// <para>Each function of <see cref="Libunp"/> that creates a descriptor returns an object of this type. Each function that takes a
/// descriptor
/// accepts any <see cref="SafeHandle"/>, so this library can be mixed with System.Net.Sockets, System.IO and System.IO.Pipes.</para>
/// <para>If another thread is blocked in a call on the descriptor, disposing takes effect when that call returns. Until then the number
/// stays in use, so a new descriptor cannot get it and receive the old one's data. To wake the blocked thread call
/// <see cref="Libunp.Shutdown"/> first (on Linux that also ends a blocked accept).</para>
/// <para><see cref="ToString"/> and debuggers show the number. <see cref="SafeHandle.DangerousGetHandle"/> returns it, for code that needs
/// an <see cref="int"/> while this object stays open.</para>
/// <para>The first <see cref="Libunp.Readline"/> creates a read-ahead buffer (see <see cref="LineReader"/>), which is freed with the
/// object.</para>
/// </remarks>
public sealed partial class Fd : SafeHandle
{
    internal IReadAhead? ReadAhead;
    internal DescriptorKind Kind;
    readonly bool owns;
    readonly bool isStandard;
    bool isReleased;
    Errno closeError;

    /// <summary>Takes ownership of a descriptor, which this object then closes.</summary>
    /// <param name="descriptor">An open descriptor without another owner.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, for example the unchecked -1 of a failed call.</exception>
    public Fd(int descriptor)
        : this(descriptor, ownsHandle: true)
    {
    }

    Fd(int descriptor, bool ownsHandle, bool isStandard = false)
        : base(-1, ownsHandle)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(descriptor);
        SetHandle(descriptor);
        owns = ownsHandle;
        this.isStandard = isStandard;
    }

    /// <summary>Gets descriptor 0. The whole program shares it, so disposing or releasing it has no effect.</summary>
    public static Fd StandardInput { get; } = new(0, ownsHandle: false, isStandard: true);

    /// <summary>Gets descriptor 1. The whole program shares it, so disposing or releasing it has no effect.</summary>
    public static Fd StandardOutput { get; } = new(1, ownsHandle: false, isStandard: true);

    /// <summary>Gets descriptor 2. The whole program shares it, so disposing or releasing it has no effect.</summary>
    public static Fd StandardError { get; } = new(2, ownsHandle: false, isStandard: true);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <summary>
    /// Wraps a descriptor without owning it. Its owner must keep it open meanwhile, and disposing the wrapper does not close it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="descriptor"/> is negative.</exception>
    public static Fd Borrow(int descriptor) => new(descriptor, ownsHandle: false);

    /// <summary>Releases the ownership: the caller must close the descriptor, and this object is as if disposed.</summary>
    /// <remarks>No other thread may be in a call on the descriptor, because the new owner may close it during that call.</remarks>
    /// <exception cref="ObjectDisposedException">The descriptor was already closed or released.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Libunp.Readline"/> has read ahead, and the new owner would not see those bytes. Read them first
    /// (<see cref="Libunp.Read"/>).
    /// </exception>
    public int Release()
    {
        Libunp.Check(this);
        if (ReadAhead is { BufferedLength: > 0 } bytes)
            throw new InvalidOperationException(
                $"{this} has {bytes.BufferedLength} bytes that were read ahead. Read them before releasing the descriptor.");
        int descriptor = (int)handle;
        if (!isStandard)
        {
            SetHandleAsInvalid();
            isReleased = true;
            ReadAhead?.Free();
        }
        return descriptor;
    }

    /// <summary>Releases the descriptor to a .NET socket: <c>new Socket(fd.ToSocketHandle())</c>.</summary>
    /// <remarks>A borrowed descriptor is not closed by the socket either. The conditions of <see cref="Release"/> apply.</remarks>
    /// <example>
    /// The <c>Fd</c> gives the descriptor away, so only the <c>Socket</c> must be disposed:
    /// <code>
    /// using var client = new System.Net.Sockets.Socket(Tcp_connect("localhost", "9877").ToSocketHandle());
    /// client.Send("hello\n"u8);
    /// </code>
    /// </example>
    public SafeSocketHandle ToSocketHandle() => new(Release(), owns);

    /// <summary>Releases the descriptor to a .NET file: <c>new FileStream(fd.ToFileHandle(), FileAccess.Read)</c>.</summary>
    /// <remarks>A borrowed descriptor is not closed by the file either. The conditions of <see cref="Release"/> apply.</remarks>
    public SafeFileHandle ToFileHandle() => new(Release(), owns);

    /// <summary>Returns <c>"fd 5"</c>, <c>"fd 5 (closed)"</c>, or after <see cref="Release"/> <c>"fd 5 (released)"</c>.</summary>
    public override string ToString() => isReleased ? $"fd {handle} (released)" : IsClosed ? $"fd {handle} (closed)" : $"fd {handle}";

    /// <summary>Disposes the object and returns the error of <c>close(2)</c>, which Dispose cannot report.</summary>
    internal Errno CloseAndReport()
    {
        Dispose();
        return closeError;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A using block must not close standard output for the rest of the program.
        if (isStandard)
            return;
        base.Dispose(disposing);
        if (!owns)
            ReadAhead?.Free(); // ReleaseHandle is not called for a borrowed descriptor
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        ReadAhead?.Free();

        // Never repeated, because after EINTR Linux has already closed the descriptor, and another thread may have got its number.
        if (close((int)handle) == 0)
            return true;
        Errno.Last = closeError = new Errno(Marshal.GetLastSystemError());
        return false;
    }

    // An import of its own, because Libc is built on Fd. Without SetLastError, because a close usually succeeds (see Libc.DataPath.cs).
    [LibraryImport("libc")]
    private static partial int close(int fd);
}
