namespace Unp.Net;

/// <summary>The header of a generic netlink message, which follows <see cref="nlmsghdr"/>. Linux only.</summary>
public struct genlmsghdr
{
    /// <summary>The command, which is a number of the family.</summary>
    public byte cmd;

    /// <summary>The version of the family.</summary>
    public byte version;

    /// <summary>Reserved; it must be 0.</summary>
    public ushort reserved;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{cmd={cmd}, version={version}}}";
}
