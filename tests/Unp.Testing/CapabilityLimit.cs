using System.Runtime.InteropServices;
using Unp.Net;

namespace Unp.Testing;

/// <summary>Calls functions on a thread that has no capabilities, although the process may run as root.</summary>
public static partial class CapabilityLimit
{
    const uint _LINUX_CAPABILITY_VERSION_3 = 0x20080522;

    /// <summary>Returns the result of the function, or throws its exception.</summary>
    public static T WithoutCapabilities<T>(Func<T> function) => new BlockedThread<T>(() =>
    {
        uint[] header = [_LINUX_CAPABILITY_VERSION_3, 0]; // 0: this thread
        uint[] none = new uint[6];
        if (capset(header, none) < 0)
            throw new UnpException(new Errno(Marshal.GetLastPInvokeError()), "capset");
        return function();
    }).Result;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int capset(uint[] header, uint[] data);
}
