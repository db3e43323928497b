using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Addresses of vsock, the sockets between a virtual machine and its host.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Any context, for a server: it accepts clients of every machine. (vsock(7))</summary>
    public const uint VMADDR_CID_ANY = uint.MaxValue;

    /// <summary>Any port, for <c>bind</c>: the kernel chooses one.</summary>
    public const uint VMADDR_PORT_ANY = uint.MaxValue;

    /// <summary>The hypervisor itself. Not on FreeBSD.</summary>
    public static uint VMADDR_CID_HYPERVISOR => Unsigned(0, 0, AbsentUnsigned);

    /// <summary>This machine: both ends are on it. Linux 5.6. Linux only.</summary>
    public static uint VMADDR_CID_LOCAL => Unsigned(1, AbsentUnsigned, AbsentUnsigned);

    /// <summary>The host of this virtual machine. Not on FreeBSD.</summary>
    public static uint VMADDR_CID_HOST => Unsigned(2, 2, AbsentUnsigned);
}
