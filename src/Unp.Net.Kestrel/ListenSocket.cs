using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using static Unp.Net.Libc;

namespace Unp.Net.Kestrel;

/// <summary>Creates the listening sockets of an end point.</summary>
static class ListenSocket
{
    public static bool IsSupported(EndPoint endPoint) =>
        endPoint is IPEndPoint or System.Net.Sockets.UnixDomainSocketEndPoint
            or FileHandleEndPoint { FileHandleType: FileHandleType.Auto or FileHandleType.Tcp };

    /// <summary>Opens the listening sockets: one that all loops share, or one per loop.</summary>
    /// <param name="endPoint">The end point to listen at. On return it has the port that the kernel chose.</param>
    /// <param name="options">The options of the transport.</param>
    /// <exception cref="AddressInUseException">Another socket is bound to the address. Kestrel reports this exception itself.</exception>
    /// <exception cref="NotSupportedException">.NET has no <see cref="EndPoint"/> type for the socket's address.</exception>
    public static List<SafeHandle> Open(ref EndPoint endPoint, UnpTransportOptions options)
    {
        int count = options.ReusePort && endPoint is IPEndPoint ? options.LoopCount : 1;
        var sockets = new List<SafeHandle>();
        try
        {
            while (sockets.Count < count)
            {
                SafeHandle socket = options.CreateBoundListenSocket?.Invoke(endPoint) ?? Bind(endPoint, reusePort: count > 1);
                sockets.Add(socket);
                Libunp.Listen(socket, options.Backlog);
                endPoint = Libunp.Getsockname(socket).ToEndPoint();
            }
            return sockets;
        }
        catch (Exception e)
        {
            sockets.ForEach(socket => socket.Dispose());
            if (e is UnpException { Errno: var error } && error == Errno.EADDRINUSE)
                throw new AddressInUseException(e.Message, e);
            throw;
        }
    }

    public static SafeHandle Bind(EndPoint endPoint, bool reusePort)
    {
        if (!IsSupported(endPoint))
        {
            throw new NotSupportedException(
                $"The transport cannot listen at {endPoint}. Use an IP address, a Unix socket or an inherited descriptor.");
        }
        if (endPoint is FileHandleEndPoint inherited)
            return Fd.Borrow(checked((int)inherited.FileHandle));
        SockAddr address = SockAddr.FromEndPoint(endPoint);
        Fd socket = Libunp.Socket(address.Family, SOCK_STREAM);
        try
        {
            if (address.Family == AF_UNIX && address is { IsAbstract: false, Path.Length: > 0 })
                Libunp.BindUnix(socket, address.Path);
            else
                Bind(socket, in address, reusePort);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static void Bind(Fd socket, in SockAddr address, bool reusePort)
    {
        if (address.Family != AF_UNIX)
            Libunp.Setsockopt(socket, SocketOptions.ReuseAddr, true);
        if (reusePort)
            Libunp.SharePort(socket);
        if (address.Family == AF_INET6 && (address.Address.Equals(IPAddress.IPv6Any) || address.Address.IsIPv4MappedToIPv6))
            Libunp.Setsockopt(socket, SocketOptions.Ipv6V6Only, false);
        Libunp.Bind(socket, in address);
    }
}
