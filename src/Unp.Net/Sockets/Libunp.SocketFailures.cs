using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Exceptions whose messages need further calls. These calls are made here, so a successful call has no cost.
public static partial class Libunp
{
    /// <summary>Creates the exception for <c>socket(2)</c> or <c>socketpair(2)</c>, whose subject is the kind of socket.</summary>
    static UnpException FailedToCreate(string function, int family, int type, int protocol)
    {
        Errno error = Errno.Last;
        string kind = $"{ConstantNames.Family(family)}, {ConstantNames.SocketType(type)}";
        if (protocol != 0)
            kind += $", {ConstantNames.Protocol(family, protocol)}";
        return new UnpException(error, function, kind, printed: null);
    }

    /// <summary>Creates the exception for <c>accept(2)</c>. The message names a socket that is not listening.</summary>
    internal static UnpException FailedToAccept(SafeHandle fd)
    {
        Errno error = Errno.Last;
        string subject = NameOf(fd);
        if (error == Errno.EINVAL && !fd.IsClosed && !IsListening(fd))
        {
            bool isBound = getsockname(fd, out SockAddr local) == 0 && (local.Family == AF_UNIX ? local.PathBytes.Length : local.Port) > 0;
            subject += isBound ? $" at {local}, which is not listening" : ", which is not listening";
        }
        return new UnpException(error, "accept", subject, printed: null);
    }
}
