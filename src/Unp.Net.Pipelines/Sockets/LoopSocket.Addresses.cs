using static Unp.Net.Libc;

namespace Unp.Net.Pipelines;

// Addresses, and the texts that contain them.
public sealed partial class LoopSocket
{
    /// <summary>
    /// Gets the address that the socket is bound to: <c>getsockname(2)</c> (UNP 4.10). Each use of the property makes the call.
    /// </summary>
    /// <exception cref="UnpException">ENOTSOCK: the descriptor is not a socket.</exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public SockAddr LocalAddress
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return Libunp.Getsockname(descriptor);
        }
    }

    /// <summary>
    /// Gets the address of the peer: <c>getpeername(2)</c> (UNP 4.10). Each use of the property makes the call. Read it when the connection
    /// begins, because the kernel forgets it after a reset.
    /// </summary>
    /// <exception cref="UnpException">
    /// ENOTCONN: the socket is not connected, or the connection was lost. ENOTSOCK: the descriptor is not a socket. EINVAL (BSD): the
    /// connection was shut down.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The socket is closed.</exception>
    public SockAddr RemoteAddress
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return Libunp.Getpeername(descriptor);
        }
    }

    /// <summary>
    /// Returns a text such as <c>"fd 5, 192.0.2.1:80 -> 192.0.2.2:4000"</c>, <c>"fd 5, 192.0.2.1:80"</c> without a peer, <c>"fd 5"</c>
    /// without addresses, or <c>"fd 5 (closed)"</c>.
    /// </summary>
    public override string ToString()
    {
        if (!IsSocket || IsDisposed)
            return Name;
        try
        {
            string local = getsockname(descriptor, out SockAddr bound) == 0 ? TextOf(in bound) : "";
            string remote = getpeername(descriptor, out SockAddr peer) == 0 ? TextOf(in peer) : "";
            return Name + (local == "" ? "" : $", {local}") + (remote == "" ? "" : $"{(local == "" ? "," : "")} -> {remote}");
        }
        catch (ObjectDisposedException)
        {
            return Name; // closed by another thread meanwhile
        }
    }

    /// <summary>The name of the socket in the texts of exceptions: <c>"fd 5"</c> or <c>"fd 5 (closed)"</c>.</summary>
    internal string Name => $"fd {Number}{(IsDisposed ? " (closed)" : "")}";

    /// <summary>Returns the text of an address; empty for no address, such as that of a Unix socket without a path.</summary>
    internal static string TextOf(in SockAddr address)
    {
        bool isUnnamed = address.Family == AF_UNSPEC || address is { Family: AF_UNIX, IsAbstract: false, Path: "" };
        return isUnnamed ? "" : address.ToString();
    }

    /// <summary>Returns a text such as <c>"5 bytes from 192.0.2.1:80"</c>.</summary>
    internal static string Describe(int bytes, in SockAddr from)
    {
        string sender = TextOf(in from);
        return $"{bytes} {(bytes == 1 ? "byte" : "bytes")}{(sender == "" ? "" : $" from {sender}")}";
    }
}
