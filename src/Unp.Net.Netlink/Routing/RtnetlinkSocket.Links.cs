namespace Unp.Net.Netlink;

// Links.
public sealed partial class RtnetlinkSocket
{
    /// <summary>Returns all links.</summary>
    /// <exception cref="UnpException">ENOBUFS, ETIMEDOUT: see <see cref="NetlinkAnswers.MoveNext"/>.</exception>
    public NetlinkDump<Link> GetLinks() => client.List(LinkRequests.All);

    /// <summary>Returns the link with an index, or null if there is none.</summary>
    /// <param name="index">The index, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is less than 1.</exception>
    public Link? FindLink(int index) => NetlinkWait.Result(FindAsync(LinkRequests.WithIndex(index), NetlinkWait.Blocking));

    /// <summary>Returns the link with a name or an alternative name, or null if there is none.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty, contains a NUL or has more than 127 bytes.</exception>
    public Link? FindLink(string name) => NetlinkWait.Result(FindAsync(LinkRequests.WithName(name), NetlinkWait.Blocking));

    /// <summary>Makes a virtual link.</summary>
    /// <param name="settings">The kind and the other settings.</param>
    /// <exception cref="ArgumentException">No kind is given.</exception>
    /// <exception cref="NetlinkException">
    /// EEXIST: the name is taken. EOPNOTSUPP: the kernel does not know the kind. ENOTCONN: the end of a veth pair cannot be switched on
    /// before the pair exists; use <see cref="ChangeLink"/> then. EPERM: CAP_NET_ADMIN is missing.
    /// </exception>
    public void AddLink(LinkSettings settings) => client.Execute(LinkRequests.Add(settings));

    /// <summary>Changes a link.</summary>
    /// <param name="index">The index.</param>
    /// <param name="settings">What changes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is less than 1.</exception>
    /// <exception cref="NetlinkException">
    /// ENODEV: no such link. EINVAL: the driver refuses the value, and the kernel's text usually says which. EBUSY: the link must be down
    /// for this change. EPERM: CAP_NET_ADMIN is missing.
    /// </exception>
    public void ChangeLink(int index, LinkSettings settings) => client.Execute(LinkRequests.Change(index, settings));

    /// <summary>Removes a virtual link.</summary>
    /// <param name="index">The index.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is less than 1.</exception>
    /// <exception cref="NetlinkException">
    /// ENODEV: no such link. EOPNOTSUPP: the link is no virtual one. EPERM: CAP_NET_ADMIN is missing.
    /// </exception>
    public void DeleteLink(int index) => client.Execute(LinkRequests.Delete(index));

    /// <summary>Returns the answer to the first of some requests for a link that has one.</summary>
    async ValueTask<Link?> FindAsync(NetlinkRequest<Link>[] requests, NetlinkWait wait)
    {
        foreach (NetlinkRequest<Link> request in requests)
        {
            try
            {
                if (await client.GetAsync(request, wait).ConfigureAwait(false) is { } link)
                    return link;
            }
            catch (NetlinkException e) when (e.Errno == Errno.ENODEV)
            {
                // There is no such link.
            }
        }
        return null;
    }
}
