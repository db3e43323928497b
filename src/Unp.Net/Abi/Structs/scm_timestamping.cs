using System.Runtime.CompilerServices;

// When a packet came or went, and when it shall go: control data.
namespace Unp.Net.Abi.Linux
{
    /// <summary>Ancillary data of SO_TIMESTAMPING: three times, of which the first is software's and the last the device's. Unset ones are 0.</summary>
    struct scm_timestamping
    {
        public Times ts;

        [InlineArray(3)]
        public struct Times
        {
            timespec __first;
        }
    }

    /// <summary>Option SO_TXTIME: the clock that the times of departure are of, and SOF_TXTIME_*.</summary>
    struct sock_txtime
    {
        public int clockid;
        public uint flags;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>Ancillary data of SO_BINTIME: seconds, and parts of them in units of 2 to the power of -64.</summary>
    struct bintime
    {
        public long sec;
        public ulong frac;
    }
}
