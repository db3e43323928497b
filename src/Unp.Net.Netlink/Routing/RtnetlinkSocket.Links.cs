using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

// Links.
public sealed partial class RtnetlinkSocket
{
    /// <summary>Returns all links.</summary>
    /// <exception cref="UnpException">ENOBUFS, ETIMEDOUT: see <see cref="NetlinkAnswers.MoveNext"/>.</exception>
    public NetlinkDump<Link> GetLinks()
    {
        WriteLinkRequest(NLM_F_DUMP, 0);
        return Dump<Link>(Link.TryParse);
    }

    /// <summary>Returns the link with an index, or null if there is none.</summary>
    /// <param name="index">The index, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is less than 1.</exception>
    public Link? FindLink(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        WriteLinkRequest(0, index);
        return FindLink();
    }

    /// <summary>Returns the link with a name or an alternative name, or null if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, contains a NUL or has more than 127 bytes.</exception>
    public Link? FindLink(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int length = System.Text.Encoding.UTF8.GetByteCount(name);
        if (length > 127)
            throw new ArgumentException($"The name of a link has at most 127 bytes, not {length}.", nameof(name));
        WriteLinkRequest(0, 0);
        writer.WriteText(length < 16 ? IFLA_IFNAME : IFLA_ALT_IFNAME, name);
        Link? link = FindLink();
        if (link is not null || length >= 16)
            return link;
        WriteLinkRequest(0, 0);
        writer.WriteText(IFLA_ALT_IFNAME, name);
        return FindLink();
    }

    /// <summary>Makes a virtual link.</summary>
    /// <param name="settings">The kind and the other settings.</param>
    /// <exception cref="ArgumentException">No kind is given.</exception>
    /// <exception cref="NetlinkException">
    /// EEXIST: the name is taken. EOPNOTSUPP: the kernel does not know the kind. ENOTCONN: the end of a veth pair cannot be switched on
    /// before the pair exists; use <see cref="ChangeLink"/> then. EPERM: CAP_NET_ADMIN is missing.
    /// </exception>
    public void AddLink(LinkSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (string.IsNullOrEmpty(settings.Kind))
            throw new ArgumentException("A new link needs a kind, such as \"veth\" or \"bridge\".", nameof(settings));
        ExecuteLink(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0, settings, $"{settings.Kind} link {settings.Name}");
    }

    /// <summary>Changes a link.</summary>
    /// <param name="index">The index.</param>
    /// <param name="settings">What changes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is less than 1.</exception>
    /// <exception cref="NetlinkException">
    /// ENODEV: no such link. EINVAL: the driver refuses the value, and the kernel's text usually says which. EBUSY: the link must be down
    /// for this change. EPERM: CAP_NET_ADMIN is missing.
    /// </exception>
    public void ChangeLink(int index, LinkSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        ArgumentNullException.ThrowIfNull(settings);
        ExecuteLink(RTM_NEWLINK, 0, index, settings, $"link {index}");
    }

    /// <summary>Removes a virtual link.</summary>
    /// <param name="index">The index.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is less than 1.</exception>
    /// <exception cref="NetlinkException">
    /// ENODEV: no such link. EOPNOTSUPP: the link is no virtual one. EPERM: CAP_NET_ADMIN is missing.
    /// </exception>
    public void DeleteLink(int index)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(index, 1);
        writer.Begin(RTM_DELLINK);
        writer.WriteHeader(new ifinfomsg { ifi_index = index });
        Socket.Execute(writer, $"link {index}");
    }

    void ExecuteLink(int type, int flags, int index, LinkSettings settings, string subject)
    {
        writer.Begin(type, flags);
        writer.WriteHeader(settings.Header(index));
        settings.WriteAttributes(writer);
        Socket.Execute(writer, subject);
        GC.KeepAlive(settings);
    }

    void WriteLinkRequest(int flags, int index)
    {
        writer.Begin(RTM_GETLINK, flags);
        writer.WriteHeader(new ifinfomsg { ifi_index = index });
    }

    Link? FindLink()
    {
        NetlinkAnswers answers = Socket.Query(writer);
        try
        {
            Link? link = null;
            while (answers.MoveNext())
            {
                if (Link.TryParse(answers.Current, out Link? found))
                    link = found;
            }
            return link;
        }
        catch (NetlinkException e) when (e.Errno == Errno.ENODEV)
        {
            return null;
        }
    }
}
