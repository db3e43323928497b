using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests.Polling;

/// <summary>A library that is named by UNP_KQUEUE_LIBRARY, and reports more events than there is room for.</summary>
public unsafe class KqueueLibraryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Count_is_never_more_than_room(bool isShort)
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
