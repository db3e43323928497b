using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Unp.Net;

/// <summary>
/// The owner of a descriptor: closes it when disposed, once. Every function of <see cref="Libunp"/> that makes a descriptor returns one, and
/// takes any <see cref="SafeHandle"/> where it wants a descriptor, so that this library and System.Net.Sockets, System.IO and System.IO.Pipes
/// can be mixed.
/// </summary>
/// <remarks>
/// <para>Disposing while another thread is blocked in a call on the descriptor takes effect when that call returns: until then the number stays
/// taken, so that a new descriptor cannot get it and receive the old one's data. To wake the blocked thread call
/// <see cref="Libunp.Shutdown"/> first (on Linux that also ends a blocked accept).</para>
/// <para>A descriptor has one read-ahead buffer, made by the first <see cref="Libunp.Readline"/> (see <see cref="LineReader"/>); it goes with it.</para>
/// </remarks>
public sealed class Fd : SafeHandle
{
    internal LineReader? Lines;
    internal DescriptorKind Kind;
    readonly bool owns;
    readonly bool isStandard;
    Errno closeError;

    /// <summary>Takes over <paramref name="descriptor"/>: this object closes it from now on.</summary>
    /// <param name="descriptor">An open descriptor that nothing else will close.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative: a call's -1 that was not looked at.</exception>
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

    /// <summary>Descriptor 0, everybody's: disposing or releasing it changes nothing.</summary>
    public static Fd StandardInput { get; } = new(0, ownsHandle: false, isStandard: true);

    /// <summary>Descriptor 1, everybody's: disposing or releasing it changes nothing.</summary>
    public static Fd StandardOutput { get; } = new(1, ownsHandle: false, isStandard: true);

    /// <summary>Descriptor 2, everybody's: disposing or releasing it changes nothing.</summary>
    public static Fd StandardError { get; } = new(2, ownsHandle: false, isStandard: true);

    /// <inheritdoc/>
    public override bool IsInvalid => handle < 0;

    /// <summary>A view of a descriptor that somebody else owns and keeps open while this is used: disposing it closes nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="descriptor"/> is negative.</exception>
    public static Fd Borrow(int descriptor) => new(descriptor, ownsHandle: false);

    /// <summary>Gives the descriptor away: the caller closes it from now on, and this object is as if disposed.</summary>
    /// <remarks>No other thread may be in a call on it, since nothing keeps the new owner from closing it under that call.</remarks>
    /// <exception cref="ObjectDisposedException">It was closed or given away before.</exception>
    /// <exception cref="InvalidOperationException">
    /// <see cref="Libunp.Readline"/> has read ahead, and the new owner would never see those bytes: read them first (<see cref="Libunp.Read"/>).
    /// </exception>
    public int Release()
    {
        Libunp.Check(this);
        if (Lines is { BufferedLength: > 0 } lines)
            throw new InvalidOperationException($"{this} has {lines.BufferedLength} bytes that were read ahead; read them before the descriptor is given away.");
        int descriptor = (int)handle;
        if (!isStandard)
        {
            SetHandleAsInvalid();
            Lines?.Free();
        }
        return descriptor;
    }

    /// <summary>
    /// Hands the descriptor to the BCL: <c>new Socket(fd.ToSocketHandle())</c>. One that is only borrowed is not closed there either. See
    /// <see cref="Release"/>.
    /// </summary>
    public SafeSocketHandle ToSocketHandle() => new(Release(), owns);

    /// <summary>
    /// Hands the descriptor to the BCL: <c>new FileStream(fd.ToFileHandle(), FileAccess.Read)</c>. One that is only borrowed is not closed there either.
    /// See <see cref="Release"/>.
    /// </summary>
    public SafeFileHandle ToFileHandle() => new(Release(), owns);

    /// <summary><c>"fd 5"</c>; <c>"fd 5 (closed)"</c> when it is not open any more.</summary>
    public override string ToString() => IsClosed ? $"fd {handle} (closed)" : $"fd {handle}";

    /// <summary>Disposes, and says what <c>close(2)</c> said, which Dispose can't.</summary>
    internal Errno CloseAndReport()
    {
        Dispose();
        return closeError;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // A using block somewhere must not take standard output from the rest of the program.
        if (isStandard)
            return;
        base.Dispose(disposing);
        if (!owns)
            Lines?.Free(); // ReleaseHandle is not called then
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        Lines?.Free();

        // Never retried: after EINTR the descriptor is already gone on Linux, and its number may be another thread's by now.
        if (Libc.close((int)handle) == 0)
            return true;
        closeError = Errno.Last;
        return false;
    }
}
