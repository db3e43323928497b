// The structs that SCTP's simple options have. (RFC 6458; <linux/sctp.h>, <netinet/sctp_uio.h>) macOS has no SCTP.
namespace Unp.Net.Abi.Linux
{
    /// <summary>A number for an association; 0 instead of its id: for those to come.</summary>
    struct sctp_assoc_value
    {
        public int assoc_id;
        public uint assoc_value;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    /// <summary>A number for an association; 0 instead of its id: for those to come.</summary>
    struct sctp_assoc_value
    {
        public uint assoc_id;
        public uint assoc_value;
    }
}
