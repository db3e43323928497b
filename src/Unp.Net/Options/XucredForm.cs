using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The credentials of a Unix socket's peer on FreeBSD and macOS. The structure of macOS is shorter and has no process id.
/// </summary>
sealed class XucredForm() : OptionForm<PeerCredentials>("xucred", Unsafe.SizeOf<xucred>())
{
    /// <summary>
    /// Accepts only a complete structure. SOL_LOCAL has the same number as IPPROTO_IP, so a TCP socket answers with its IP options, which
    /// are
    /// usually empty. An empty structure would mean root.
    /// </summary>
    /// <exception cref="UnpException">ENOTCONN: the bytes are not an <c>xucred</c>.</exception>
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
