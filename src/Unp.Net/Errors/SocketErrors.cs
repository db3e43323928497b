using System.Net.Sockets;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The mapping of C errors to <see cref="SocketException.SocketErrorCode"/>, with the same codes as in System.Net.Sockets.
/// </summary>
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

    /// <summary>Maps an EAI_* error to the code of .NET's resolver, or to the code of Windows if the resolver has none.</summary>
    /// <remarks>On Windows EAI_* are WSA errors.</remarks>
    internal static SocketError FromGai(int error) => GaiNames.NameOf(error) switch
    {
        "EAI_AGAIN" => SocketError.TryAgain,
        "EAI_BADFLAGS" or "EAI_BADHINTS" => SocketError.InvalidArgument,
        "EAI_FAIL" => SocketError.NoRecovery,
        "EAI_FAMILY" or "EAI_ADDRFAMILY" => SocketError.AddressFamilyNotSupported,
        "EAI_MEMORY" or "EAI_OVERFLOW" => SocketError.NoBufferSpaceAvailable,
        "EAI_NONAME" or "EAI_IDN_ENCODE" => SocketError.HostNotFound,
        "EAI_NODATA" => SocketError.NoData,
        "EAI_SERVICE" => SocketError.TypeNotFound,
        "EAI_SOCKTYPE" => SocketError.SocketNotSupported,
        "EAI_PROTOCOL" => SocketError.ProtocolNotSupported,
        "EAI_SYSTEM" => FromErrno(Errno.Last),
        "EAI_INTR" => SocketError.Interrupted,
        "EAI_INPROGRESS" => SocketError.InProgress,
        "EAI_CANCELED" => SocketError.OperationAborted,
        _ => SocketError.SocketError,
    };
}
