using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>
    /// Dissolves the connection of a datagram socket, which can then send to any address and receive from any: <c>connect(2)</c> to
    /// AF_UNSPEC (UNP 8.11).
    /// </summary>
    /// <remarks>
    /// An address that <see cref="Bind"/> has set stays. On Linux a port that the kernel has chosen is lost, also for a socket bound to
    /// port 0, so the next datagram comes from another port.
    /// </remarks>
    /// <param name="fd">A datagram socket. On a socket that is not connected the call has no effect.</param>
    /// <exception cref="UnpException">ENOTSOCK, EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/connect.2.html">connect(2)</seealso>
    public static void Disconnect(SafeHandle fd)
    {
        Check(fd);
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (!Target.IsLinux)
            bytes[0] = (byte)bytes.Length; // the BSDs' first byte is the length, and their family the second
        var unspecified = new SockAddr(bytes);
        int result;
        do
            result = connect(fd, unspecified);
        while (Interrupted(result));

        // FreeBSD and macOS dissolve the connection and then refuse the family.
        if (result < 0 && !(Errno.Last == Errno.EAFNOSUPPORT && !Target.IsLinux) && !(Errno.Last == Errno.EINVAL && Target.IsMacOS))
            throw Failed("disconnect", fd);
    }
}
