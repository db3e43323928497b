using System.Runtime.InteropServices;

namespace Unp.Net;

// <net/if.h>
public static partial class Libc
{
    /// <summary><c>if_nametoindex(3)</c>: the index of the network interface called <paramref name="ifname"/> (book 18.6).</summary>
    /// <returns>The index, from 1 up, or 0: ENODEV (Linux), ENXIO (the BSDs) when there is no such interface.</returns>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint if_nametoindex(string ifname);
}
