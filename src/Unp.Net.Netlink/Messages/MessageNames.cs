using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The names of requests in messages of exceptions.</summary>
static class MessageNames
{
    static readonly Dictionary<int, string> OfRoute = new()
    {
        [RTM_NEWLINK] = nameof(RTM_NEWLINK),
        [RTM_DELLINK] = nameof(RTM_DELLINK),
        [RTM_GETLINK] = nameof(RTM_GETLINK),
        [RTM_SETLINK] = nameof(RTM_SETLINK),
        [RTM_NEWADDR] = nameof(RTM_NEWADDR),
        [RTM_DELADDR] = nameof(RTM_DELADDR),
        [RTM_GETADDR] = nameof(RTM_GETADDR),
        [RTM_NEWROUTE] = nameof(RTM_NEWROUTE),
        [RTM_DELROUTE] = nameof(RTM_DELROUTE),
        [RTM_GETROUTE] = nameof(RTM_GETROUTE),
        [RTM_NEWNEIGH] = nameof(RTM_NEWNEIGH),
        [RTM_DELNEIGH] = nameof(RTM_DELNEIGH),
        [RTM_GETNEIGH] = nameof(RTM_GETNEIGH),
        [RTM_NEWRULE] = nameof(RTM_NEWRULE),
        [RTM_DELRULE] = nameof(RTM_DELRULE),
        [RTM_GETRULE] = nameof(RTM_GETRULE),
    };

    /// <summary>Returns the name of a type in a protocol, because each protocol has its own types under the same numbers.</summary>
    internal static string Of(int protocol, int type) =>
        protocol == NETLINK_ROUTE && OfRoute.TryGetValue(type, out string? name) ? name
        : protocol == NETLINK_SOCK_DIAG && type == SOCK_DIAG_BY_FAMILY ? nameof(SOCK_DIAG_BY_FAMILY)
        : protocol == NETLINK_GENERIC && type == GENL_ID_CTRL ? "nlctrl request"
        : $"netlink request {type}";
}
