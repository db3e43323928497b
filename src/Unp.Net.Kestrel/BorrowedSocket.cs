using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Unp.Net.Kestrel;

/// <summary>
/// A <see cref="System.Net.Sockets.Socket"/> over a descriptor that it does not own. The descriptor stays open until this object is
/// disposed, so the kernel cannot reuse its number meanwhile.
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

    /// <summary>
    /// Disposes the socket, whose members then throw <see cref="ObjectDisposedException"/>. Must be called only once.
    /// </summary>
    public void Dispose()
    {
        Socket.Dispose();
        descriptor.DangerousRelease();
    }
}
