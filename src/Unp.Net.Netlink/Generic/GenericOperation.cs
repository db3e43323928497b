namespace Unp.Net.Netlink;

/// <summary>An operation of a <see cref="GenericFamily"/>.</summary>
/// <param name="Command">The command in <c>genlmsghdr</c>.</param>
/// <param name="Flags">A combination of GENL_CMD_CAP_DO, GENL_CMD_CAP_DUMP, GENL_ADMIN_PERM...</param>
public readonly record struct GenericOperation(int Command, int Flags)
{
    /// <summary>Returns the command and the flags.</summary>
    public override string ToString() => $"command {Command}, flags 0x{Flags:x}";
}
