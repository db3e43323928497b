namespace Unp.Net;

/// <summary>A rule that chooses a routing table, in front of its attributes. (linux/fib_rules.h) Linux only.</summary>
public struct fib_rule_hdr
{
    /// <summary>The address family.</summary>
    public byte family;

    /// <summary>The length of the destination prefix in bits.</summary>
    public byte dst_len;

    /// <summary>The length of the source prefix in bits.</summary>
    public byte src_len;

    /// <summary>The type of service that packets must have.</summary>
    public byte tos;

    /// <summary><c>RT_TABLE_*</c>; the attribute <c>FRA_TABLE</c> has the whole number.</summary>
    public byte table;

    /// <summary>Reserved.</summary>
    public byte res1;

    /// <summary>Reserved.</summary>
    public byte res2;

    /// <summary><c>FR_ACT_*</c>.</summary>
    public byte action;

    /// <summary><c>FIB_RULE_*</c>.</summary>
    public uint flags;

    /// <summary>Returns the fields as <c>strace(1)</c> prints them.</summary>
    public override readonly string ToString() =>
        $"{{family={family}, dst_len={dst_len}, src_len={src_len}, tos={tos}, table={table}, action={action}, "
        + $"flags={flags}}}";
}
