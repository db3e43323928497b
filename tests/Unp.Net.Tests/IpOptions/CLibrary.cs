using System.Runtime.InteropServices;

namespace Unp.Net.Tests.IpOptions;

/// <summary>The functions of RFC 3542 in glibc, as a reference. musl does not have them.</summary>
static unsafe partial class CLibrary
{
    public static void Require() => Assert.SkipUnless(
        NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), nameof(inet6_rth_space), out _),
        "this C library has no inet6_rth_space");

    [LibraryImport("libc")]
    public static partial int inet6_opt_init(byte* extbuf, uint extlen);

    [LibraryImport("libc")]
    public static partial int inet6_opt_append(byte* extbuf, uint extlen, int offset, byte type, uint len, byte align, byte** databuf);

    [LibraryImport("libc")]
    public static partial int inet6_opt_finish(byte* extbuf, uint extlen, int offset);

    [LibraryImport("libc")]
    public static partial int inet6_opt_next(byte* extbuf, uint extlen, int offset, byte* type, uint* len, byte** databuf);

    [LibraryImport("libc")]
    public static partial int inet6_opt_find(byte* extbuf, uint extlen, int offset, byte type, uint* len, byte** databuf);

    [LibraryImport("libc")]
    public static partial uint inet6_rth_space(int type, int segments);

    [LibraryImport("libc")]
    public static partial byte* inet6_rth_init(byte* bp, uint length, int type, int segments);

    [LibraryImport("libc")]
    public static partial int inet6_rth_add(byte* bp, byte* address);

    [LibraryImport("libc")]
    public static partial int inet6_rth_reverse(byte* from, byte* to);

    [LibraryImport("libc")]
    public static partial int inet6_rth_segments(byte* bp);

    [LibraryImport("libc")]
    public static partial byte* inet6_rth_getaddr(byte* bp, int index);
}
