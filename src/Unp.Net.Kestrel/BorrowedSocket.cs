using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Unp.Net.Kestrel;

/// <summary>
/// .NET's socket over a descriptor that it does not own, and that is not closed before this is disposed: its number becomes nobody else's as long as it is used here.
/// </summary>
sealed class BorrowedSocket : IDisposable
{
    readonly SafeHandle descriptor;

    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    public BorrowedSocket(SafeHandle descriptor)
    {
        this.descriptor = descriptor;
        bool held = false;
        descriptor.DangerousAddRef(ref held);
        try
        {
            Socket = new Socket(new SafeSocketHandle(descriptor.DangerousGetHandle(), ownsHandle: false));
        }
        catch
        {
            descriptor.DangerousRelease();
            throw;
        }
    }

    public Socket Socket { get; }

    /// <summary>Once. Who has the socket gets an <see cref="ObjectDisposedException"/> from now on.</summary>
    public void Dispose()
    {
        Socket.Dispose();
        descriptor.DangerousRelease();
    }
}
