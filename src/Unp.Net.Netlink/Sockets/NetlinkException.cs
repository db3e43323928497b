using System.Net.Sockets;
using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The exception for a request that the kernel refused, with the kernel's own explanation.</summary>
/// <remarks>
/// <para>The message names the request, the error, the kernel's text if there is one, and what the request was about:
/// <c>RTM_NEWROUTE error: Network is unreachable: Nexthop has invalid gateway (192.0.2.0/24)</c>.</para>
/// <para>It is a <see cref="SocketException"/>, as <see cref="UnpException"/> is.</para>
/// </remarks>
public sealed class NetlinkException : SocketException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errno">The error of the answer.</param>
    /// <param name="request">The name of the request: <c>"RTM_NEWROUTE"</c>.</param>
    /// <param name="subject">What the request was about, such as a link's name, or null.</param>
    /// <param name="kernelMessage">The kernel's text, or null.</param>
    /// <param name="attributeOffset">The offset of the refused attribute in the request, or null.</param>
    /// <param name="attributeType">The type of the refused attribute, or null.</param>
    /// <param name="missingAttribute">The type of an attribute that the request lacks, or null.</param>
    public NetlinkException(
        Errno errno, string request, string? subject = null, string? kernelMessage = null, int? attributeOffset = null,
        int? attributeType = null, int? missingAttribute = null)
        : base((int)new UnpException(errno, request).SocketErrorCode)
    {
        Errno = errno;
        Request = request;
        Subject = subject;
        KernelMessage = kernelMessage;
        AttributeOffset = attributeOffset;
        AttributeType = attributeType;
        MissingAttribute = missingAttribute;
        Message = Text();
    }

    /// <summary>Gets the error number of the answer.</summary>
    public Errno Errno { get; }

    /// <summary>Gets the name of the request: <c>"RTM_NEWROUTE"</c>, or <c>"netlink request 99"</c> if it has none.</summary>
    public string Request { get; }

    /// <summary>Gets what the request was about: a link, a prefix. It is null if the caller named nothing.</summary>
    public string? Subject { get; }

    /// <summary>Gets the kernel's text, such as <c>"Nexthop has invalid gateway"</c>; null if the kernel gave none.</summary>
    public string? KernelMessage { get; }

    /// <summary>Gets the offset in the request, from its header on, of the attribute that the kernel refused, or null.</summary>
    public int? AttributeOffset { get; }

    /// <summary>Gets the type of the attribute at <see cref="AttributeOffset"/>, or null.</summary>
    public int? AttributeType { get; }

    /// <summary>Gets the type of an attribute that the request lacks, or null. Kernels since 6.0 report it.</summary>
    public int? MissingAttribute { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>Gets the same number as <see cref="Errno"/>.</summary>
    public override int ErrorCode => Errno.Value;

    string Text()
    {
        var text = new StringBuilder($"{Request} error: {Errno.Message}");
        if (KernelMessage is not null)
            text.Append($": {KernelMessage}");
        if (AttributeType is not null)
            text.Append($", attribute {AttributeType} at byte {AttributeOffset}");
        if (MissingAttribute is not null)
            text.Append($", attribute {MissingAttribute} is missing");
        if (Errno == Errno.EPERM)
            text.Append(". The request needs CAP_NET_ADMIN");
        if (Subject is not null)
            text.Append($" ({Subject})");
        return text.ToString();
    }

    /// <summary>Creates the exception from the attributes behind an error number.</summary>
    /// <param name="error">The error number of the answer.</param>
    /// <param name="details">The attributes <c>NLMSGERR_ATTR_*</c>.</param>
    /// <param name="request">The name of the request.</param>
    /// <param name="subject">What the request was about, or null.</param>
    /// <param name="sent">The request, or nothing if it is no longer there.</param>
    internal static NetlinkException From(
        Errno error, NetlinkAttributes details, string request, string? subject, ReadOnlySpan<byte> sent)
    {
        string? message = null;
        int? offset = null, type = null, missing = null;
        foreach (NetlinkAttribute detail in details)
        {
            if (detail.Type == NLMSGERR_ATTR_MSG)
                message = detail.Text;
            else if (detail.Type == NLMSGERR_ATTR_OFFS && detail.TryRead(out uint at))
                offset = (int)at;
            else if (detail.Type == NLMSGERR_ATTR_MISS_TYPE && detail.TryRead(out uint lacking))
                missing = (int)lacking;
        }
        if (offset is >= NetlinkMessage.HeaderSize && offset < sent.Length)
        {
            ReadOnlySpan<byte> rest = sent[offset.Value..];
            if (NetlinkAttribute.TryRead(ref rest, out NetlinkAttribute refused))
                type = refused.Type;
        }
        return new NetlinkException(error, request, subject, message, offset, type, missing);
    }
}
