using System.Text;
using static Unp.Net.Libc;

namespace Unp.Net.Netlink;

/// <summary>The requests to the controller of generic netlink.</summary>
static class FamilyRequests
{
    internal static NetlinkListRequest<GenericFamily> All { get; } = new(new NetlinkRequest<GenericFamily>(
        static writer => Begin(writer, NLM_F_DUMP), GenericFamily.TryParse));

    internal static NetlinkRequest<GenericFamily> WithName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        int length = Encoding.UTF8.GetByteCount(name);
        if (length >= GENL_NAMSIZ)
            throw new ArgumentException($"The name of a family has at most {GENL_NAMSIZ - 1} bytes, not {length}.", nameof(name));
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("The name of a family must not contain a NUL.", nameof(name));
        return new NetlinkRequest<GenericFamily>(
            writer =>
            {
                Begin(writer, 0);
                writer.WriteText(CTRL_ATTR_FAMILY_NAME, name);
            },
            GenericFamily.TryParse,
            $"family {name}");
    }

    internal static NetlinkRequest<GenericFamily> WithId(int id)
    {
        if (id < GENL_MIN_ID || id > GENL_MAX_ID)
            throw new ArgumentOutOfRangeException(nameof(id), id, $"The id of a family must be {GENL_MIN_ID} to {GENL_MAX_ID}.");
        return new NetlinkRequest<GenericFamily>(
            writer =>
            {
                Begin(writer, 0);
                writer.Write(CTRL_ATTR_FAMILY_ID, (ushort)id);
            },
            GenericFamily.TryParse,
            $"family {id}");
    }

    static void Begin(NetlinkMessageWriter writer, int flags)
    {
        writer.Begin(GENL_ID_CTRL, flags);
        writer.WriteHeader(new genlmsghdr { cmd = (byte)CTRL_CMD_GETFAMILY, version = 1 });
    }
}
