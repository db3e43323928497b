using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The requests about links.</summary>
static class LinkRequests
{
    internal static NetlinkListRequest<Link> All { get; } = new(new NetlinkRequest<Link>(
        static writer => WriteRequest(writer, NLM_F_DUMP), Link.TryParse));

    internal static NetlinkRequest<Link>[] WithIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        return [new NetlinkRequest<Link>(writer => WriteRequest(writer, 0, index), Link.TryParse)];
    }

    /// <summary>Returns the requests for a link by its name, and by its alternative name.</summary>
    internal static NetlinkRequest<Link>[] WithName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int length = Encoding.UTF8.GetByteCount(name);
        if (length > 127)
            throw new ArgumentException($"The name of a link has at most 127 bytes, not {length}.", nameof(name));
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The name of a link must not contain a NUL.", nameof(name));
        return length < 16 ? [ByName(IFLA_IFNAME), ByName(IFLA_ALT_IFNAME)] : [ByName(IFLA_ALT_IFNAME)];

        NetlinkRequest<Link> ByName(int attribute) => new(
            writer =>
            {
                WriteRequest(writer, 0);
                writer.WriteText(attribute, name);
            },
            Link.TryParse);
    }

    internal static NetlinkRequest Add(LinkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (string.IsNullOrEmpty(settings.Kind))
            throw new ArgumentException("A new link needs a kind, such as \"veth\" or \"bridge\".", nameof(settings));
        return Execute(NLM_F_CREATE | NLM_F_EXCL, 0, settings, $"{settings.Kind} link {settings.Name}");
    }

    internal static NetlinkRequest Change(int index, LinkSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        ArgumentNullException.ThrowIfNull(settings);
        return Execute(0, index, settings, $"link {index}");
    }

    internal static NetlinkRequest Delete(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        return new NetlinkRequest(
            writer =>
            {
                writer.Begin(RTM_DELLINK);
                writer.WriteHeader(new ifinfomsg { ifi_index = index });
            },
            $"link {index}");
    }

    static NetlinkRequest Execute(int flags, int index, LinkSettings settings, string subject) => new(
        writer =>
        {
            writer.Begin(RTM_NEWLINK, flags);
            writer.WriteHeader(settings.Header(index));
            settings.WriteAttributes(writer);
        },
        subject);

    static void WriteRequest(NetlinkMessageWriter writer, int flags, int index = 0)
    {
        writer.Begin(RTM_GETLINK, flags);
        writer.WriteHeader(new ifinfomsg { ifi_index = index });
    }
}
