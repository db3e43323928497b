using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Rules that choose a routing table, in messages of netlink. (linux/fib_rules.h)
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Actions of a rule.

    /// <summary>Action of a rule: look up the table of the rule. Linux only.</summary>
    public static int FR_ACT_TO_TBL => Of(1, Absent, Absent);

    /// <summary>Action of a rule: go to another rule. Linux only.</summary>
    public static int FR_ACT_GOTO => Of(2, Absent, Absent);

    /// <summary>Action of a rule: do nothing. Linux only.</summary>
    public static int FR_ACT_NOP => Of(3, Absent, Absent);

    /// <summary>Action of a rule: drop the packet. Linux only.</summary>
    public static int FR_ACT_BLACKHOLE => Of(6, Absent, Absent);

    /// <summary>Action of a rule: drop the packet and answer ENETUNREACH. Linux only.</summary>
    public static int FR_ACT_UNREACHABLE => Of(7, Absent, Absent);

    /// <summary>Action of a rule: drop the packet and answer EACCES. Linux only.</summary>
    public static int FR_ACT_PROHIBIT => Of(8, Absent, Absent);

    // Attributes of a rule.

    /// <summary>Attribute of a rule: the destination prefix. Linux only.</summary>
    public static int FRA_DST => Of(1, Absent, Absent);

    /// <summary>Attribute of a rule: the source prefix. Linux only.</summary>
    public static int FRA_SRC => Of(2, Absent, Absent);

    /// <summary>Attribute of a rule: the name of the incoming interface. Linux only.</summary>
    public static int FRA_IIFNAME => Of(3, Absent, Absent);

    /// <summary>Attribute of a rule: the priority of the rule to go to. Linux only.</summary>
    public static int FRA_GOTO => Of(4, Absent, Absent);

    /// <summary>Attribute of a rule: the priority; lower numbers come first. Linux only.</summary>
    public static int FRA_PRIORITY => Of(6, Absent, Absent);

    /// <summary>Attribute of a rule: the mark of packets. Linux only.</summary>
    public static int FRA_FWMARK => Of(10, Absent, Absent);

    /// <summary>Attribute of a rule: the realms. Linux only.</summary>
    public static int FRA_FLOW => Of(11, Absent, Absent);

    /// <summary>Attribute of a rule: the identifier of the tunnel. Linux only.</summary>
    public static int FRA_TUN_ID => Of(12, Absent, Absent);

    /// <summary>Attribute of a rule: ignores routes through this group of interfaces. Linux only.</summary>
    public static int FRA_SUPPRESS_IFGROUP => Of(13, Absent, Absent);

    /// <summary>Attribute of a rule: ignores routes with at most this prefix length. Linux only.</summary>
    public static int FRA_SUPPRESS_PREFIXLEN => Of(14, Absent, Absent);

    /// <summary>Attribute of a rule: the table to look up. Linux only.</summary>
    public static int FRA_TABLE => Of(15, Absent, Absent);

    /// <summary>Attribute of a rule: the bits of the mark that count. Linux only.</summary>
    public static int FRA_FWMASK => Of(16, Absent, Absent);

    /// <summary>Attribute of a rule: the name of the outgoing interface of the socket. Linux only.</summary>
    public static int FRA_OIFNAME => Of(17, Absent, Absent);

    /// <summary>Attribute of a rule: uses the table of the interface's VRF. Linux only.</summary>
    public static int FRA_L3MDEV => Of(19, Absent, Absent);

    /// <summary>Attribute of a rule: the range of users. Linux only.</summary>
    public static int FRA_UID_RANGE => Of(20, Absent, Absent);

    /// <summary>Attribute of a rule: the origin of the rule: RTPROT_*. Linux only.</summary>
    public static int FRA_PROTOCOL => Of(21, Absent, Absent);

    /// <summary>Attribute of a rule: the protocol of packets. Linux only.</summary>
    public static int FRA_IP_PROTO => Of(22, Absent, Absent);

    /// <summary>Attribute of a rule: the range of source ports. Linux only.</summary>
    public static int FRA_SPORT_RANGE => Of(23, Absent, Absent);

    /// <summary>Attribute of a rule: the range of destination ports. Linux only.</summary>
    public static int FRA_DPORT_RANGE => Of(24, Absent, Absent);

    // Flags of a rule.

    /// <summary>Flag of a rule: the rule cannot be deleted. Linux only.</summary>
    public static int FIB_RULE_PERMANENT => Of(0x1, Absent, Absent);

    /// <summary>Flag of a rule: the rule applies to packets that do not match. Linux only.</summary>
    public static int FIB_RULE_INVERT => Of(0x2, Absent, Absent);

    /// <summary>Flag of a rule: the rule to go to does not exist. Linux only.</summary>
    public static int FIB_RULE_UNRESOLVED => Of(0x4, Absent, Absent);

    /// <summary>Flag of a rule: the incoming interface does not exist. Linux only.</summary>
    public static int FIB_RULE_IIF_DETACHED => Of(0x8, Absent, Absent);

    /// <summary>Flag of a rule: the outgoing interface does not exist. Linux only.</summary>
    public static int FIB_RULE_OIF_DETACHED => Of(0x10, Absent, Absent);
}
