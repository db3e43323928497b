using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi.FreeBsd;

namespace Unp.Net.Abi;

/// <summary>Who sent a message, from FreeBSD's control data, which have three forms. The process is null where the form has none.</summary>
static class SenderCredentials
{
    /// <summary>SCM_CREDS: a <see cref="cmsgcred"/>, or a <see cref="sockcred"/> if the receiver has LOCAL_CREDS.</summary>
    /// <remarks>
    /// Only the size tells which. A sockcred of 16 groups has a cmsgcred's: what may be one is read as one, since the other way round the user would be
    /// what is a group. A cmsgcred of 16 groups then lacks its process, and has the real user in the place of the effective one.
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

    /// <summary>All but the groups, of which there may be none.</summary>
    static bool TryReadStart<T>(ReadOnlySpan<byte> data, out T start)
        where T : unmanaged
    {
        start = default;
        if (data.Length < Size<T>(groups: 0))
            return false;
        data[..Math.Min(data.Length, Unsafe.SizeOf<T>())].CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref start)));
        return true;
    }

    /// <summary>C's SOCKCREDSIZE: the structures have one group in them.</summary>
    static long Size<T>(int groups) => Unsafe.SizeOf<T>() + ((groups - 1L) * sizeof(uint));
}
