using System.Runtime.InteropServices;

namespace Unp.Net.Packets;

/// <summary>The wait for a packet.</summary>
static class CaptureWait
{
    /// <summary>Waits until a descriptor is readable or has an error. Another thread may dispose it meanwhile.</summary>
    internal static bool For(SafeHandle descriptor, TimeSpan? timeout)
    {
        bool isHeld = false;
        try
        {
            descriptor.DangerousAddRef(ref isHeld);
            Span<pollfd> waiting = [new pollfd { fd = (int)descriptor.DangerousGetHandle(), events = Libc.POLLIN }];
            return Libunp.Poll(waiting, timeout) > 0;
        }
        finally
        {
            if (isHeld)
                descriptor.DangerousRelease();
        }
    }
}
