using System.Globalization;

namespace Unp.Samples.route;

/// <summary>
/// The names that <c>ip</c> prints in place of numbers: those of iproute2 itself, and those that the administrator has added to
/// <c>/etc/iproute2</c>.
/// </summary>
sealed class IpNames
{
    static readonly string[] Folders = ["/usr/share/iproute2", "/etc/iproute2"];

    readonly Dictionary<long, string> names;

    IpNames(string file, Dictionary<long, string> known)
    {
        names = known;
        foreach (string folder in Folders)
            Read(Path.Combine(folder, file));
    }

    public static IpNames Tables { get; } = new("rt_tables", new()
    {
        [RT_TABLE_UNSPEC] = "unspec",
        [RT_TABLE_DEFAULT] = "default",
        [RT_TABLE_MAIN] = "main",
        [RT_TABLE_LOCAL] = "local",
    });

    public static IpNames Scopes { get; } = new("rt_scopes", new()
    {
        [RT_SCOPE_UNIVERSE] = "global",
        [RT_SCOPE_SITE] = "site",
        [RT_SCOPE_LINK] = "link",
        [RT_SCOPE_HOST] = "host",
        [RT_SCOPE_NOWHERE] = "nowhere",
    });

    public static IpNames Protocols { get; } = new("rt_protos", new()
    {
        [RTPROT_UNSPEC] = "unspec",
        [RTPROT_REDIRECT] = "redirect",
        [RTPROT_KERNEL] = "kernel",
        [RTPROT_BOOT] = "boot",
        [RTPROT_STATIC] = "static",
        [RTPROT_GATED] = "gated",
        [RTPROT_RA] = "ra",
        [RTPROT_MRT] = "mrt",
        [RTPROT_ZEBRA] = "zebra",
        [RTPROT_BIRD] = "bird",
        [RTPROT_DNROUTED] = "dnrouted",
        [RTPROT_XORP] = "xorp",
        [RTPROT_NTK] = "ntk",
        [RTPROT_DHCP] = "dhcp",
        [RTPROT_KEEPALIVED] = "keepalived",
        [RTPROT_BABEL] = "babel",
        [RTPROT_BGP] = "bgp",
        [RTPROT_ISIS] = "isis",
        [RTPROT_OSPF] = "ospf",
        [RTPROT_RIP] = "rip",
        [RTPROT_EIGRP] = "eigrp",
    });

    public static IpNames Groups { get; } = new("group", new() { [0] = "default" });

    /// <summary>Returns the name of a number, or its digits.</summary>
    public string Of(long number) => names.GetValueOrDefault(number) ?? $"{number}";

    /// <summary>Reads lines of a number and a name. A file that is missing or unreadable adds nothing.</summary>
    void Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return;
        }
        foreach (string line in lines)
        {
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words is [var digits, var name] && TryParse(digits, out long number))
                names[number] = name;
        }
    }

    static bool TryParse(string digits, out long number) =>
        digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
