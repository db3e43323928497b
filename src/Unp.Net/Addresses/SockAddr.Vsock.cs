using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Addresses between a virtual machine and its host (vsock(7)).
public partial struct SockAddr
{
    const string VsockPrefix = "vsock:";

    /// <summary>Creates the address of a virtual machine or its host (<c>vsock(7)</c>). Not on FreeBSD.</summary>
    /// <param name="cid">
    /// The context identifier of the machine: <see cref="VMADDR_CID_HOST"/>, <see cref="VMADDR_CID_LOCAL"/>, <see cref="VMADDR_CID_ANY"/>
    /// for a server, or the number of a virtual machine.
    /// </param>
    /// <param name="port">The port of 32 bits, or <see cref="VMADDR_PORT_ANY"/>.</param>
    /// <exception cref="PlatformNotSupportedException">The system has no vsock.</exception>
    /// <example><code>
    /// using Fd fd = Socket(AF_VSOCK, SOCK_STREAM);
    /// Connect(fd, SockAddr.Vsock(VMADDR_CID_HOST, 4711));
    /// </code></example>
    public static SockAddr Vsock(uint cid, uint port)
    {
        SockAddr address = default;
        address.length = VmSize;
        address.Head = new sa_head(AF_VSOCK, VmSize);
        address.VmPort = port;
        address.VmCid = cid;
        return address;
    }

    /// <summary>Gets the context identifier of a vsock address.</summary>
    /// <exception cref="InvalidOperationException">The address is not a vsock address.</exception>
    public readonly uint Cid => IsVm ? VmCid : throw Without("context identifier");

    /// <summary>Gets the port of a vsock address. It has 32 bits, so <see cref="Port"/> cannot return it.</summary>
    /// <exception cref="InvalidOperationException">The address is not a vsock address.</exception>
    public readonly uint VsockPort => IsVm ? VmPort : throw Without("vsock port");

    static bool HasVsock => Target.IsLinux || Target.IsMacOS;

    static int VmSize => Target.IsMacOS ? Unsafe.SizeOf<Abi.Darwin.sockaddr_vm>() : Unsafe.SizeOf<Abi.Linux.sockaddr_vm>();

    readonly bool IsVm => HasVsock && Family == AF_VSOCK && length >= VmSize;

    [UnscopedRef]
    readonly ref uint VmPort =>
        ref Target.IsMacOS ? ref As<Abi.Darwin.sockaddr_vm>().svm_port : ref As<Abi.Linux.sockaddr_vm>().svm_port;

    [UnscopedRef]
    readonly ref uint VmCid => ref Target.IsMacOS ? ref As<Abi.Darwin.sockaddr_vm>().svm_cid : ref As<Abi.Linux.sockaddr_vm>().svm_cid;

    /// <summary>Returns whether the text of a vsock address shows every byte: no flag and no reserved byte is set.</summary>
    readonly bool IsPlainVm => IsVm && this == Vsock(VmCid, VmPort);

    readonly int FormatVm(Span<byte> text)
    {
        int size;
        if (VmCid == VMADDR_CID_ANY)
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{VsockPrefix}:{VmPort}", out size);
        else
            Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{VsockPrefix}{VmCid}:{VmPort}", out size);
        return size;
    }

    /// <summary>Reads the part after "vsock:", which is a context identifier or nothing, a colon and a port.</summary>
    static bool TryReadVsock(ReadOnlySpan<char> text, out SockAddr address)
    {
        address = default;
        int colon = text.IndexOf(':');
        uint cid = VMADDR_CID_ANY;
        return HasVsock && colon >= 0
            && (colon == 0 || uint.TryParse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out cid))
            && uint.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out uint port)
            && Assign(Vsock(cid, port), out address);
    }
}
