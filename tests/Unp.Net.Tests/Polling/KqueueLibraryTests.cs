using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Polling;

/// <summary>Tests a library from UNP_KQUEUE_LIBRARY that reports more events than fit into the buffer.</summary>
public unsafe class KqueueLibraryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Count_never_exceeds_buffer(bool isShort)
    {
        delegate* unmanaged[Cdecl]<int, void*, int, void*, int, timespec*, int> boastful = &ReportFive;
        var library = new KqueueLibrary(0, (nint)boastful, isShort);
        using Fd fd = Eventfd();
        var events = new kevent[2];
        Assert.Equal(2, library.Kevent(fd, [], events, TimeSpan.Zero));
        Assert.Equal(0, library.Kevent(fd, [], [], TimeSpan.Zero));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    static int ReportFive(int kq, void* changes, int changeCount, void* events, int eventCount, timespec* timeout) => 5;
}
