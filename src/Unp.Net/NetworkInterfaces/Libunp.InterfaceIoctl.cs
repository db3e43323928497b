using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Performs a request about a network interface: SIOCGIFADDR, SIOCSIFMTU... (UNP 17.7, <c>ioctl(2)</c>).</summary>
    /// <param name="fd">Any socket of AF_INET.</param>
    /// <param name="request">The request. Requests that set a value require CAP_NET_ADMIN in the network namespace of the socket.</param>
    /// <param name="ifr">The name of the interface and the value.</param>
    /// <exception cref="UnpException">
    /// ENODEV (on the BSDs ENXIO): no such interface; EADDRNOTAVAIL: it has no IPv4 address; EPERM, EINVAL. The message contains the
    /// request and the interface.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</seealso>
    public static void Ioctl(SafeHandle fd, nuint request, ref ifreq ifr)
    {
        if (TryIoctl(fd, request, MemoryMarshal.AsBytes(new Span<ifreq>(ref ifr))) < 0)
            throw FailedRequest(request, $"{ifr.ifr_name}");
    }

    /// <summary>Looks up, sets or deletes an entry of the ARP cache: SIOCGARP, SIOCSARP, SIOCDARP (UNP 17.8, <c>ioctl(2)</c>).</summary>
    /// <param name="fd">Any socket of AF_INET.</param>
    /// <param name="request">The request. SIOCSARP and SIOCDARP require CAP_NET_ADMIN in the network namespace of the socket.</param>
    /// <param name="arp">The IPv4 address and the interface; for SIOCSARP also the hardware address and the flags.</param>
    /// <exception cref="UnpException">
    /// ENXIO: no such entry; ENODEV: no such interface, or SIOCGARP without one; ENETUNREACH, EPERM, EINVAL. The message contains the
    /// request, the address and the interface.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</seealso>
    public static void Ioctl(SafeHandle fd, nuint request, ref arpreq arp)
    {
        if (TryIoctl(fd, request, MemoryMarshal.AsBytes(new Span<arpreq>(ref arp))) < 0)
            throw FailedRequest(request, $"{Sock_ntop_host(arp.arp_pa)} {arp.arp_dev}");
    }

    /// <summary>Adds or deletes an IPv4 route: SIOCADDRT, SIOCDELRT (UNP 17.9, <c>ioctl(2)</c>).</summary>
    /// <param name="fd">Any socket of AF_INET.</param>
    /// <param name="request">The request. It requires CAP_NET_ADMIN in the network namespace of the socket.</param>
    /// <param name="rt">The route.</param>
    /// <param name="rt_dev">The interface, C's <c>rt.rt_dev</c>; null: the kernel chooses it from the gateway.</param>
    /// <exception cref="UnpException">
    /// EEXIST: the route exists; ESRCH: no such route; ENETUNREACH: the gateway is not reachable; ENODEV, EPERM, EINVAL. The message
    /// contains the request, the route and the interface.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="rt_dev"/> contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</seealso>
    public static void Ioctl(SafeHandle fd, nuint request, ref rtentry rt, string? rt_dev = null)
    {
        fixed (byte* device = CString(rt_dev))
        {
            rtentry copy = rt;
            copy.Device = device;
            if (TryIoctl(fd, request, MemoryMarshal.AsBytes(new Span<rtentry>(ref copy))) < 0)
                throw FailedRequest(request, $"{rt} {rt_dev}");
        }
    }

    /// <summary>Lists the interfaces that have an address: SIOCGIFCONF (UNP 17.5, <c>ioctl(2)</c>).</summary>
    /// <remarks>
    /// Linux lists IPv4 addresses only, and fills the buffer without an error if it is too small. So enlarge the buffer until the length
    /// remains the same. <see cref="ifreq.TryReadNext"/> reads the entries. <see cref="Getifaddrs"/> needs neither.
    /// </remarks>
    /// <param name="fd">Any socket of AF_INET.</param>
    /// <param name="request">SIOCGIFCONF.</param>
    /// <param name="ifc_buf">Receives the entries.</param>
    /// <param name="ifc_len">The number of bytes received.</param>
    /// <exception cref="UnpException">EINVAL: some systems report it if the buffer is too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="request"/> is not SIOCGIFCONF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</seealso>
    public static void Ioctl(SafeHandle fd, nuint request, Span<byte> ifc_buf, out int ifc_len)
    {
        Check(fd);
        if (request != SIOCGIFCONF)
            throw new ArgumentOutOfRangeException(nameof(request), request, "The request must be SIOCGIFCONF.");
        fixed (byte* buffer = ifc_buf)
        {
            var packed = new Abi.Darwin.ifconf { ifc_len = ifc_buf.Length, ifc_buf = buffer };
            var aligned = new ifconf { ifc_len = ifc_buf.Length, ifc_buf = buffer };
            int result = TryIoctl(fd, request, Target.IsMacOS
                ? MemoryMarshal.AsBytes(new Span<Abi.Darwin.ifconf>(ref packed))
                : MemoryMarshal.AsBytes(new Span<ifconf>(ref aligned)));
            ifc_len = Target.IsMacOS ? packed.ifc_len : aligned.ifc_len;
            if (result < 0)
                throw FailedRequest(request, $"{ifc_buf.Length} bytes");
        }
    }

    /// <summary>Creates the exception for a failed request. It names the capability if that is missing.</summary>
    static UnpException FailedRequest(nuint request, ErrMessage subject)
    {
        var (text, errno) = subject.Finish();
        string missing = Target.IsLinux && errno == Errno.EPERM ? ", which requires CAP_NET_ADMIN" : "";
        return new UnpException(errno, "ioctl", $"{ConstantNames.InterfaceRequest(request)} {text.TrimEnd()}{missing}");
    }
}
