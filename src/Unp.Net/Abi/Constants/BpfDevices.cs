using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// The packet capture devices of the BSDs, /dev/bpf. (bpf(4))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Reads the number of bytes that <c>read</c> must ask for, an unsigned int. Not on Linux.</summary>
    public static uint BIOCGBLEN => Unsigned(AbsentUnsigned, 0x40044266, 0x40044266);

    /// <summary>Sets the length of the buffer, before <see cref="BIOCSETIF"/>, an unsigned int. Not on Linux.</summary>
    public static uint BIOCSBLEN => Unsigned(AbsentUnsigned, 0xC0044266, 0xC0044266);

    /// <summary>Sets the filter and discards the packets that have arrived, a <see cref="bpf_program"/>. Not on Linux.</summary>
    public static uint BIOCSETF => Unsigned(AbsentUnsigned, 0x80104267, 0x80104267);

    /// <summary>Sets the filter without discarding packets, a <see cref="bpf_program"/>. Not on Linux.</summary>
    public static uint BIOCSETFNR => Unsigned(AbsentUnsigned, 0x8010427E, 0x80104282);

    /// <summary>Discards the packets that have arrived; no argument. Not on Linux.</summary>
    public static uint BIOCFLUSH => Unsigned(AbsentUnsigned, 0x20004268, 0x20004268);

    /// <summary>Starts the promiscuous mode; no argument. Not on Linux.</summary>
    public static uint BIOCPROMISC => Unsigned(AbsentUnsigned, 0x20004269, 0x20004269);

    /// <summary>Reads the kind of the link, DLT_*, an unsigned int. Not on Linux.</summary>
    public static uint BIOCGDLT => Unsigned(AbsentUnsigned, 0x4004426A, 0x4004426A);

    /// <summary>Reads the name of the interface, an <see cref="ifreq"/>. Not on Linux.</summary>
    public static uint BIOCGETIF => Unsigned(AbsentUnsigned, 0x4020426B, 0x4020426B);

    /// <summary>Chooses the interface, an <see cref="ifreq"/>. Not on Linux.</summary>
    public static uint BIOCSETIF => Unsigned(AbsentUnsigned, 0x8020426C, 0x8020426C);

    /// <summary>Reads the counters, a <see cref="bpf_stat"/>. Not on Linux.</summary>
    public static uint BIOCGSTATS => Unsigned(AbsentUnsigned, 0x4008426F, 0x4008426F);

    /// <summary>A read returns as soon as a packet arrives, an unsigned int as boolean. Not on Linux.</summary>
    public static uint BIOCIMMEDIATE => Unsigned(AbsentUnsigned, 0x80044270, 0x80044270);

    /// <summary>Reads the version of the filter language, a <see cref="bpf_version"/>. Not on Linux.</summary>
    public static uint BIOCVERSION => Unsigned(AbsentUnsigned, 0x40044271, 0x40044271);

    /// <summary>Frames that are written have their source address already, an unsigned int as boolean. Not on Linux.</summary>
    public static uint BIOCSHDRCMPLT => Unsigned(AbsentUnsigned, 0x80044275, 0x80044275);

    /// <summary>Reads whether packets that this host sends are captured, an unsigned int as boolean. Not on Linux.</summary>
    public static uint BIOCGSEESENT => Unsigned(AbsentUnsigned, 0x40044276, 0x40044276);

    /// <summary>Sets whether packets that this host sends are captured, an unsigned int as boolean. Not on Linux.</summary>
    public static uint BIOCSSEESENT => Unsigned(AbsentUnsigned, 0x80044277, 0x80044277);

    /// <summary>The number of bytes to which the records of a read are aligned. Not on Linux.</summary>
    public static int BPF_ALIGNMENT => Of(Absent, 4, 8);

    /// <summary>The largest buffer. Not on Linux.</summary>
    public static int BPF_MAXBUFSIZE => Of(Absent, 0x80000, 0x80000);

    /// <summary>Kind of a link: the address family in 4 bytes in host order, the loopback. Not on Linux.</summary>
    public static int DLT_NULL => Of(Absent, 0, 0);

    /// <summary>Kind of a link: Ethernet. Not on Linux.</summary>
    public static int DLT_EN10MB => Of(Absent, 1, 1);

    /// <summary>Kind of a link: IP packets. Not on Linux.</summary>
    public static int DLT_RAW => Of(Absent, 12, 12);

    /// <summary>Kind of a link: the address family in 4 bytes in network order. Not on Linux.</summary>
    public static int DLT_LOOP => Of(Absent, 108, 108);
}
