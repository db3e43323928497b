namespace Unp.Net.Packets;

/// <summary>The clock that takes the times of packets.</summary>
public enum CaptureClock
{
    /// <summary>The kernel's clock, CLOCK_REALTIME.</summary>
    Kernel,

    /// <summary>
    /// The clock of the network card, if a program has turned its time stamps on (<c>hwstamp_ctl</c>). Packets without such a time have the
    /// kernel's; see <see cref="CapturedPacket.HasDeviceTime"/>.
    /// </summary>
    Device,
}
