using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Generic netlink: families that share the protocol NETLINK_GENERIC, and the controller that knows their names.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Family ids, which are message types.

    /// <summary>The size of a family's name with its NUL. Linux only.</summary>
    public static int GENL_NAMSIZ => Of(16, Absent, Absent);

    /// <summary>The lowest id of a family. Linux only.</summary>
    public static int GENL_MIN_ID => Of(16, Absent, Absent);

    /// <summary>The highest id of a family. Linux only.</summary>
    public static int GENL_MAX_ID => Of(1023, Absent, Absent);

    /// <summary>The id of the controller, the family <c>nlctrl</c>. Linux only.</summary>
    public static int GENL_ID_CTRL => Of(16, Absent, Absent);

    // Flags of an operation.

    /// <summary>The operation needs CAP_NET_ADMIN. Linux only.</summary>
    public static int GENL_ADMIN_PERM => Of(0x1, Absent, Absent);

    /// <summary>The operation can be requested. Linux only.</summary>
    public static int GENL_CMD_CAP_DO => Of(0x2, Absent, Absent);

    /// <summary>The operation can be requested as a dump (<see cref="NLM_F_DUMP"/>). Linux only.</summary>
    public static int GENL_CMD_CAP_DUMP => Of(0x4, Absent, Absent);

    /// <summary>The kernel checks the attributes of the operation by a policy. Linux only.</summary>
    public static int GENL_CMD_CAP_HASPOL => Of(0x8, Absent, Absent);

    /// <summary>The operation needs CAP_NET_ADMIN in the user namespace of the network namespace. Linux only.</summary>
    public static int GENL_UNS_ADMIN_PERM => Of(0x10, Absent, Absent);

    // Commands of the controller.

    /// <summary>A family was registered, or the answer to <see cref="CTRL_CMD_GETFAMILY"/>. Linux only.</summary>
    public static int CTRL_CMD_NEWFAMILY => Of(1, Absent, Absent);

    /// <summary>A family was removed. Linux only.</summary>
    public static int CTRL_CMD_DELFAMILY => Of(2, Absent, Absent);

    /// <summary>Request a family by its name or id, or all families. Linux only.</summary>
    public static int CTRL_CMD_GETFAMILY => Of(3, Absent, Absent);

    /// <summary>An operation was added. Linux only.</summary>
    public static int CTRL_CMD_NEWOPS => Of(4, Absent, Absent);

    /// <summary>An operation was removed. Linux only.</summary>
    public static int CTRL_CMD_DELOPS => Of(5, Absent, Absent);

    /// <summary>Request the operations. The kernel does not have this command. Linux only.</summary>
    public static int CTRL_CMD_GETOPS => Of(6, Absent, Absent);

    /// <summary>A multicast group was added. Linux only.</summary>
    public static int CTRL_CMD_NEWMCAST_GRP => Of(7, Absent, Absent);

    /// <summary>A multicast group was removed. Linux only.</summary>
    public static int CTRL_CMD_DELMCAST_GRP => Of(8, Absent, Absent);

    /// <summary>Request the multicast groups. The kernel does not have this command. Linux only.</summary>
    public static int CTRL_CMD_GETMCAST_GRP => Of(9, Absent, Absent);

    /// <summary>Request the policy of a family as a dump. Linux only.</summary>
    public static int CTRL_CMD_GETPOLICY => Of(10, Absent, Absent);

    // Attributes of the controller's messages.

    /// <summary>The id. u16. Linux only.</summary>
    public static int CTRL_ATTR_FAMILY_ID => Of(1, Absent, Absent);

    /// <summary>The name. Text. Linux only.</summary>
    public static int CTRL_ATTR_FAMILY_NAME => Of(2, Absent, Absent);

    /// <summary>The version. u32. Linux only.</summary>
    public static int CTRL_ATTR_VERSION => Of(3, Absent, Absent);

    /// <summary>The size of the family's own header. u32. Linux only.</summary>
    public static int CTRL_ATTR_HDRSIZE => Of(4, Absent, Absent);

    /// <summary>The highest attribute type. u32. Linux only.</summary>
    public static int CTRL_ATTR_MAXATTR => Of(5, Absent, Absent);

    /// <summary>The operations: a list of lists <c>CTRL_ATTR_OP_*</c>. Linux only.</summary>
    public static int CTRL_ATTR_OPS => Of(6, Absent, Absent);

    /// <summary>The multicast groups: a list of lists <c>CTRL_ATTR_MCAST_GRP_*</c>. Linux only.</summary>
    public static int CTRL_ATTR_MCAST_GROUPS => Of(7, Absent, Absent);

    /// <summary>The policies. Linux only.</summary>
    public static int CTRL_ATTR_POLICY => Of(8, Absent, Absent);

    /// <summary>The policies of the operations. Linux only.</summary>
    public static int CTRL_ATTR_OP_POLICY => Of(9, Absent, Absent);

    /// <summary>The command of an operation. u32. Linux only.</summary>
    public static int CTRL_ATTR_OP => Of(10, Absent, Absent);

    /// <summary>The command of an operation. u32. Linux only.</summary>
    public static int CTRL_ATTR_OP_ID => Of(1, Absent, Absent);

    /// <summary>The flags of an operation, <c>GENL_*</c>. u32. Linux only.</summary>
    public static int CTRL_ATTR_OP_FLAGS => Of(2, Absent, Absent);

    /// <summary>The name of a multicast group. Text. Linux only.</summary>
    public static int CTRL_ATTR_MCAST_GRP_NAME => Of(1, Absent, Absent);

    /// <summary>The number of a multicast group. u32. Linux only.</summary>
    public static int CTRL_ATTR_MCAST_GRP_ID => Of(2, Absent, Absent);

    /// <summary>The policy of a request. u32. Linux only.</summary>
    public static int CTRL_ATTR_POLICY_DO => Of(1, Absent, Absent);

    /// <summary>The policy of a dump. u32. Linux only.</summary>
    public static int CTRL_ATTR_POLICY_DUMP => Of(2, Absent, Absent);
}
