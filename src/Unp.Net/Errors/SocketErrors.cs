using System.Net.Sockets;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>What <see cref="SocketException.SocketErrorCode"/> says for an error of the C library: the same codes as System.Net.Sockets gives.</summary>
static class SocketErrors
{
    static readonly Dictionary<Errno, SocketError> Codes = new()
    {
        [Errno.EACCES] = SocketError.AccessDenied,
        [Errno.EADDRINUSE] = SocketError.AddressAlreadyInUse,
        [Errno.EADDRNOTAVAIL] = SocketError.AddressNotAvailable,
        [Errno.EAFNOSUPPORT] = SocketError.AddressFamilyNotSupported,
        [Errno.EAGAIN] = SocketError.WouldBlock,
        [Errno.EALREADY] = SocketError.AlreadyInProgress,
        [Errno.EBADF] = SocketError.OperationAborted,
        [Errno.ECANCELED] = SocketError.OperationAborted,
        [Errno.ECONNABORTED] = SocketError.ConnectionAborted,
        [Errno.ECONNREFUSED] = SocketError.ConnectionRefused,
        [Errno.ECONNRESET] = SocketError.ConnectionReset,
        [Errno.EDESTADDRREQ] = SocketError.DestinationAddressRequired,
        [Errno.EFAULT] = SocketError.Fault,
        [Errno.EHOSTDOWN] = SocketError.HostDown,
        [Errno.EHOSTUNREACH] = SocketError.HostUnreachable,
        [Errno.EINPROGRESS] = SocketError.InProgress,
        [Errno.EINTR] = SocketError.Interrupted,
        [Errno.EINVAL] = SocketError.InvalidArgument,
        [Errno.EISCONN] = SocketError.IsConnected,
        [Errno.EMFILE] = SocketError.TooManyOpenSockets,
        [Errno.EMSGSIZE] = SocketError.MessageSize,
        [Errno.ENETDOWN] = SocketError.NetworkDown,
        [Errno.ENETRESET] = SocketError.NetworkReset,
        [Errno.ENETUNREACH] = SocketError.NetworkUnreachable,
        [Errno.ENFILE] = SocketError.TooManyOpenSockets,
        [Errno.ENOBUFS] = SocketError.NoBufferSpaceAvailable,
        [Errno.ENODATA] = SocketError.NoData,
        [Errno.ENOENT] = SocketError.AddressNotAvailable,
        [Errno.ENOPROTOOPT] = SocketError.ProtocolOption,
        [Errno.ENOTCONN] = SocketError.NotConnected,
        [Errno.ENOTSOCK] = SocketError.NotSocket,
        [Errno.ENXIO] = SocketError.HostNotFound,
        [Errno.EOPNOTSUPP] = SocketError.OperationNotSupported,
        [Errno.EPERM] = SocketError.AccessDenied,
        [Errno.EPFNOSUPPORT] = SocketError.ProtocolFamilyNotSupported,
        [Errno.EPIPE] = SocketError.Shutdown,
        [Errno.EPROTONOSUPPORT] = SocketError.ProtocolNotSupported,
        [Errno.EPROTOTYPE] = SocketError.ProtocolType,
        [Errno.ESHUTDOWN] = SocketError.Disconnecting,
        [Errno.ESOCKTNOSUPPORT] = SocketError.SocketNotSupported,
        [Errno.ETIMEDOUT] = SocketError.TimedOut,
    };

    internal static SocketError FromErrno(Errno errno) => Codes.GetValueOrDefault(errno, SocketError.SocketError);

    internal static SocketError FromGai(int error) =>
        error == EAI_AGAIN ? SocketError.TryAgain
        : error == EAI_FAIL ? SocketError.NoRecovery
        : error == EAI_NODATA ? SocketError.NoData
        : error == EAI_FAMILY ? SocketError.AddressFamilyNotSupported
        : SocketError.HostNotFound;
}
