using System.Runtime.CompilerServices;

// Control data with the arrival or departure time of a packet.
namespace Unp.Net.Abi.Linux
{
    /// <summary>
    /// Ancillary data of SO_TIMESTAMPING: three times, the first from software, the last from the device. Unset times are 0.
    /// </summary>
    struct scm_timestamping
    {
        public Times ts;

        [InlineArray(3)]
        public struct Times
        {
            timespec __first;
        }
    }

    /// <summary>Option SO_TXTIME: the clock of the departure times, and SOF_TXTIME_*.</summary>
    struct sock_txtime
    {
        public int clockid;
        public uint flags;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>Ancillary data of SO_BINTIME: seconds, and fractions of a second in units of 2 to the power of -64.</summary>
    struct bintime
    {
        public long sec;
        public ulong frac;
    }
}
