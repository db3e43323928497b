namespace Unp.Net;

/// <summary>The address of a netlink socket. (netlink(7)) Linux only.</summary>
public struct sockaddr_nl
{
    /// <summary>The family, <see cref="Libc.AF_NETLINK"/>.</summary>
    public ushort nl_family;

    readonly ushort __nl_pad;

    /// <summary>The port id: 0 for the kernel; in <c>bind</c> 0 lets the kernel choose.</summary>
    public uint nl_pid;

    /// <summary>A bit mask of the multicast groups 1 to 32.</summary>
    public uint nl_groups;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{nl_family={nl_family}, nl_pid={nl_pid}, nl_groups=0x{nl_groups:x}}}";
}

/// <summary>The header of a netlink message. (netlink(7)) Linux only.</summary>
public struct nlmsghdr
{
    /// <summary>The length of the message with this header, without padding.</summary>
    public uint nlmsg_len;

    /// <summary><c>NLMSG_*</c>, or a type of the protocol.</summary>
    public ushort nlmsg_type;

    /// <summary><c>NLM_F_*</c>.</summary>
    public ushort nlmsg_flags;

    /// <summary>The sequence number. An answer has the number of its request; a notification has 0.</summary>
    public uint nlmsg_seq;

    /// <summary>The port id of the requesting socket.</summary>
    public uint nlmsg_pid;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{nlmsg_len={nlmsg_len}, nlmsg_type={nlmsg_type}, nlmsg_flags=0x{nlmsg_flags:x}, nlmsg_seq={nlmsg_seq}, nlmsg_pid={nlmsg_pid}}}";
}

/// <summary>The content of an <see cref="Libc.NLMSG_ERROR"/>. (netlink(7)) Linux only.</summary>
public struct nlmsgerr
{
    /// <summary>0, or a negative error number.</summary>
    public int error;

    /// <summary>The header of the request.</summary>
    public nlmsghdr msg;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{error={error}, msg={msg}}}";
}

/// <summary>The header of an attribute. <c>rtattr</c> is its older form. (netlink(7)) Linux only.</summary>
public struct nlattr
{
    /// <summary>The length with this header, without padding.</summary>
    public ushort nla_len;

    /// <summary>The type, with <c>NLA_F_*</c> in its upper bits.</summary>
    public ushort nla_type;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{nla_len={nla_len}, nla_type=0x{nla_type:x}}}";
}
