using System.Buffers;
using System.Net;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// The older host lookups of <netdb.h>, which the book describes before getaddrinfo (UNP 11.3 and 11.4).
public static unsafe partial class Libc
{
    delegate int HostLookup(hostent* ret, byte* buf, nuint buflen, hostent** result, int* h_errno);

    /// <summary>Looks up the IPv4 addresses of a host (UNP 11.3, <c>gethostbyname(3)</c>). The result is a copy.</summary>
    /// <param name="name">
    /// A host name, or an IPv4 address as text, by the rule of
    /// <see cref="getaddrinfo(string?, string?, int, int, int, int, out AddrInfo[])"/>.
    /// </param>
    /// <param name="h_errno">0, or an error that <see cref="hstrerror"/> explains: HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA.</param>
    /// <returns>The host, or null.</returns>
    /// <exception cref="ArgumentException">The name contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/gethostbyname.3.html">gethostbyname(3)</seealso>
    public static HostEnt? gethostbyname(string name, out int h_errno)
    {
        ArgumentNullException.ThrowIfNull(name);
        return gethostbyname2(name, AF_INET, out h_errno);
    }

    /// <summary>Looks up the addresses of a host in one family (<c>gethostbyname2(3)</c>). The result is a copy.</summary>
    /// <param name="name">
    /// A host name, or an address as text, by the rule of <see cref="getaddrinfo(string?, string?, int, int, int, int, out AddrInfo[])"/>.
    /// </param>
    /// <param name="family">AF_INET or AF_INET6.</param>
    /// <param name="h_errno">0, or HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA.</param>
    /// <returns>The host, or null.</returns>
    /// <exception cref="ArgumentException">The name contains a NUL.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/gethostbyname2.3.html">gethostbyname2(3)</seealso>
    public static HostEnt? gethostbyname2(string name, int family, out int h_errno)
    {
        ArgumentNullException.ThrowIfNull(name);
        CheckName(name);
        if (!NetworkNames.IsHost(name))
        {
            h_errno = HOST_NOT_FOUND;
            return null;
        }
        fixed (byte* n = CString(name))
        {
            if (Target.IsMacOS)
                return FromThreadBuffer(gethostbyname2_thread(n, family), out h_errno);
            nint text = (nint)n;
            return LookUp(
                (ret, buf, len, result, error) => gethostbyname2_r((byte*)text, family, ret, buf, len, result, error), out h_errno);
        }
    }

    /// <summary>Looks up the host that has an address (UNP 11.4, <c>gethostbyaddr(3)</c>). The result is a copy.</summary>
    /// <param name="address">An IPv4 or IPv6 address.</param>
    /// <param name="h_errno">0, or HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA.</param>
    /// <returns>The host, or null.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/gethostbyaddr.3.html">gethostbyaddr(3)</seealso>
    public static HostEnt? gethostbyaddr(IPAddress address, out int h_errno)
    {
        ArgumentNullException.ThrowIfNull(address);
        byte[] bytes = address.GetAddressBytes();
        int family = bytes.Length == 4 ? AF_INET : AF_INET6;
        fixed (byte* p = bytes)
        {
            if (Target.IsMacOS)
                return FromThreadBuffer(gethostbyaddr_thread(p, (uint)bytes.Length, family), out h_errno);
            nint addr = (nint)p;
            uint size = (uint)bytes.Length;
            return LookUp(
                (ret, buf, len, result, error) => gethostbyaddr_r((void*)addr, size, family, ret, buf, len, result, error), out h_errno);
        }
    }

    /// <summary>Returns the message of an <c>h_errno</c> (<c>hstrerror(3)</c>).</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/hstrerror.3.html">hstrerror(3)</seealso>
    public static string hstrerror(int h_errno) => Marshal.PtrToStringUTF8((nint)hstrerror_text(h_errno)) ?? $"h_errno {h_errno}";

    /// <summary>Calls a reentrant lookup with a buffer that grows until the result fits.</summary>
    static HostEnt? LookUp(HostLookup lookup, out int h_errno)
    {
        const int MaxSize = 1 << 20;
        for (int size = 1 << 13; ; size *= 2)
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                hostent host;
                hostent* found = null;
                int problem = 0;
                int error;
                fixed (byte* p = buffer)
                {
                    error = lookup(&host, p, (nuint)buffer.Length, &found, &problem);

                    // FreeBSD returns -1 for every error.
                    if (size < MaxSize && (error == Errno.ERANGE.Value || (error < 0 && problem == NETDB_INTERNAL)))
                        continue;
                    h_errno = found == null && problem == 0 ? NO_RECOVERY : found == null ? problem : 0;
                    return found == null ? null : Copy(found);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    /// <summary>Copies the result of macOS, which is in a buffer of the thread. There is no reentrant form.</summary>
    static HostEnt? FromThreadBuffer(hostent* found, out int h_errno)
    {
        h_errno = found == null ? *(int*)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "h_errno") : 0;
        return found == null ? null : Copy(found);
    }

    static HostEnt Copy(hostent* host)
    {
        var addresses = new List<IPAddress>();
        for (byte** address = host->h_addr_list; *address != null; address++)
            addresses.Add(new IPAddress(new ReadOnlySpan<byte>(*address, host->h_length)));
        return new HostEnt(Text(host->h_name), Texts(host->h_aliases), host->h_addrtype, [.. addresses]);
    }

    internal static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";

    /// <summary>Copies a list of strings that ends with a null pointer.</summary>
    static string[] Texts(byte** list)
    {
        var texts = new List<string>();
        for (; list != null && *list != null; list++)
            texts.Add(Text(*list));
        return [.. texts];
    }

    [LibraryImport(LibraryName)]
    private static partial int gethostbyname2_r(
        byte* name, int af, hostent* ret, byte* buf, nuint buflen, hostent** result, int* h_errnop);

    [LibraryImport(LibraryName)]
    private static partial int gethostbyaddr_r(
        void* addr, uint len, int type, hostent* ret, byte* buf, nuint buflen, hostent** result, int* h_errnop);

    [LibraryImport(LibraryName, EntryPoint = "gethostbyname2")]
    private static partial hostent* gethostbyname2_thread(byte* name, int af);

    [LibraryImport(LibraryName, EntryPoint = "gethostbyaddr")]
    private static partial hostent* gethostbyaddr_thread(void* addr, uint len, int type);

    [LibraryImport(LibraryName, EntryPoint = "hstrerror")]
    private static partial byte* hstrerror_text(int err);
}
