using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The other side of a Unix socket, as FreeBSD and macOS tell it. macOS's is shorter and has no process.</summary>
sealed class XucredForm() : OptionForm<PeerCredentials>("xucred", Unsafe.SizeOf<xucred>())
{
    /// <summary>
    /// Takes only what is whole. SOL_LOCAL is the number of IPPROTO_IP too: of a TCP socket these are its IP options, mostly none, and would else be root.
    /// </summary>
    /// <exception cref="UnpException">ENOTCONN: it is no <c>xucred</c>.</exception>
    internal static xucred Read(ReadOnlySpan<byte> bytes)
    {
        xucred peer = default;
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<xucred>(ref peer)));
        return bytes.Length == xucred.Size && peer.cr_version == XUCRED_VERSION
            ? peer
            : throw new UnpException(Errno.ENOTCONN, "getsockopt", nameof(LOCAL_PEERCRED));
    }

    public override unsafe PeerCredentials Decode(ReadOnlySpan<byte> bytes)
    {
        xucred peer = Read(bytes);
        return new(peer.cr_pid == 0 ? null : peer.cr_pid, peer.cr_uid, peer.cr_groups[0]);
    }

    public override int Encode(PeerCredentials value, Span<byte> bytes, SocketOption option) => throw new UnreachableException();
}
