using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi.FreeBsd;

namespace Unp.Net.Abi;

/// <summary>
/// The sender of a message, from FreeBSD's control data. The data has one of three forms, and the process is null if the form does not
/// contain it.
/// </summary>
static class SenderCredentials
{
    /// <summary>SCM_CREDS: a <see cref="cmsgcred"/>, or a <see cref="sockcred"/> if the receiver has LOCAL_CREDS.</summary>
    /// <remarks>
    /// Only the size distinguishes the two forms, and a sockcred with 16 groups has the size of a cmsgcred. Data that may be a sockcred is
    /// read
    /// as one, because a sockcred read as a cmsgcred would report a group as the user. As a consequence, a cmsgcred with 16 groups is read
    /// without its process and with the real user instead of the effective one.
    /// </remarks>
    internal static bool TryRead(ReadOnlySpan<byte> data, out (int? Process, uint User, uint Group) sender)
    {
        sender = default;
        if (TryReadStart(data, out sockcred asked) && data.Length == Size<sockcred>(asked.sc_ngroups))
            sender = (null, asked.sc_euid, asked.sc_egid);
        else if (MemoryMarshal.TryRead(data, out cmsgcred own))
            sender = (own.cmcred_pid, own.cmcred_euid, own.cmcred_gid);
        else
            return false;
        return true;
    }

    /// <summary>SCM_CREDS2: a <see cref="sockcred2"/>.</summary>
    internal static bool TryReadPersistent(ReadOnlySpan<byte> data, out (int? Process, uint User, uint Group) sender)
    {
        sender = default;
        if (!TryReadStart(data, out sockcred2 asked))
            return false;
        sender = (asked.sc_pid, asked.sc_euid, asked.sc_egid);
        return true;
    }

    /// <summary>Reads all fields except the groups, which may be missing.</summary>
    static bool TryReadStart<T>(ReadOnlySpan<byte> data, out T start)
        where T : unmanaged
    {
        start = default;
        if (data.Length < Size<T>(groups: 0))
            return false;
        data[..Math.Min(data.Length, Unsafe.SizeOf<T>())].CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref start)));
        return true;
    }

    /// <summary>C's SOCKCREDSIZE. The structures contain one group.</summary>
    static long Size<T>(int groups) => Unsafe.SizeOf<T>() + ((groups - 1L) * sizeof(uint));
}
