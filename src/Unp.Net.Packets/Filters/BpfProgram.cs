using System.Globalization;

namespace Unp.Net.Packets;

/// <summary>
/// A program of classic BPF: the filter that Linux and the BSDs run on each packet. It is verified when it is made, so that the kernel
/// accepts it and <see cref="Run(ReadOnlySpan{byte})"/> always ends.
/// </summary>
/// <remarks>
/// A program comes from a filter in the language of <c>tcpdump(1)</c> (<see cref="Compile"/>), from the text that <c>tcpdump -d</c>,
/// <c>-dd</c> and <c>-ddd</c> print (<see cref="Parse"/>), or from instructions. The object is immutable, so threads may share it.
/// </remarks>
/// <example>
/// The packets of a web server, filtered in this process:
/// <code>
/// BpfProgram filter = BpfProgram.Compile("tcp port 80 and host 192.0.2.1");
/// if (filter.Accepts(buffer))
///     Console.WriteLine("to or from the server");
/// Console.WriteLine(filter);                       // (000) ldh      [12] ...
/// </code>
/// </example>
/// <seealso href="https://man7.org/linux/man-pages/man8/tcpdump.8.html">tcpdump(8)</seealso>
public sealed partial class BpfProgram
{
    readonly sock_filter[] instructions;

    /// <summary>Creates a program from a copy of its instructions.</summary>
    /// <param name="instructions">1 to 4096 instructions.</param>
    /// <exception cref="BpfException">The kernel would refuse the program. The exception has the instruction and the reason.</exception>
    public BpfProgram(params ReadOnlySpan<sock_filter> instructions)
    {
        if (BpfVerifier.Check(instructions) is { } fault)
            throw fault;
        this.instructions = instructions.ToArray();
    }

    /// <summary>Gets the instructions.</summary>
    public ReadOnlySpan<sock_filter> Instructions => instructions;

    /// <summary>Compiles a filter in the language of <c>pcap-filter(7)</c>, such as <c>"udp port 53 or icmp"</c>.</summary>
    /// <param name="filter">The filter; an empty one accepts every packet.</param>
    /// <param name="linkType">The header that the packets begin with.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>
    /// A program that accepts the packets for which the filter is true. A packet that ends before a byte that the filter asks for is not
    /// accepted.
    /// </returns>
    /// <exception cref="FilterException">The filter is wrong; the exception has the position and the reason.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The link type is unknown.</exception>
    /// <remarks>
    /// <para>Names of hosts are looked up by <c>getaddrinfo(3)</c>, which may ask a server. The language is that of tcpdump except for what
    /// only rare networks have (MPLS, PPPoE, 802.11, ATM...), <c>inbound</c>, <c>gateway</c> and <c>protochain</c>.</para>
    /// <para>Linux removes the first VLAN tag from the packets of a packet socket, so <c>vlan</c> does not find it there.</para>
    /// </remarks>
    /// <seealso href="https://man7.org/linux/man-pages/man7/pcap-filter.7.html">pcap-filter(7)</seealso>
    public static BpfProgram Compile(string filter, LinkType linkType = LinkType.Ethernet, FilterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(filter);
        options ??= FilterOptions.Default;
        options.Validate();
        return new(FilterCompiler.Compile(filter, linkType, options));
    }

    /// <summary>Reads a program as <c>tcpdump</c> prints it with <c>-d</c>, <c>-dd</c> or <c>-ddd</c>.</summary>
    /// <exception cref="FormatException">The text is not understood; the message has the line.</exception>
    /// <exception cref="BpfException">The kernel would refuse the program.</exception>
    /// <example>
    /// <code>
    /// BpfProgram onlyArp = BpfProgram.Parse("""
    ///     (000) ldh      [12]
    ///     (001) jeq      #0x806           jt 2	jf 3
    ///     (002) ret      #262144
    ///     (003) ret      #0
    ///     """);
    /// </code>
    /// </example>
    public static BpfProgram Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(BpfReader.Read(text));
    }

    /// <summary>Runs the program on a whole packet.</summary>
    /// <returns>The number of bytes to accept, which may be more than the packet has; 0: the packet is not accepted.</returns>
    public uint Run(ReadOnlySpan<byte> packet) => BpfInterpreter.Run(instructions, packet, (uint)packet.Length, default);

    /// <summary>Runs the program on the captured bytes of a packet, as Linux does.</summary>
    /// <param name="packet">The captured bytes. A load of other bytes, like a division by 0, ends the program with 0.</param>
    /// <param name="wireLength">The number of bytes that the packet had on the network, for <c>len</c>.</param>
    /// <param name="context">The facts beside the bytes.</param>
    /// <returns>The number of bytes to accept, which may be more than the packet has; 0: the packet is not accepted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The wire length is less than the number of captured bytes.</exception>
    public uint Run(ReadOnlySpan<byte> packet, int wireLength, in BpfContext context = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wireLength, packet.Length);
        return BpfInterpreter.Run(instructions, packet, (uint)wireLength, context);
    }

    /// <summary>Returns whether the program accepts a whole packet.</summary>
    public bool Accepts(ReadOnlySpan<byte> packet) => Run(packet) != 0;

    /// <summary>Returns the program as <c>tcpdump -d</c> prints it.</summary>
    public override string ToString() => ToString(BpfNotation.Assembly);

    /// <summary>Returns the program as text that <see cref="Parse"/> reads, one line per instruction.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The notation is unknown.</exception>
    public string ToString(BpfNotation notation) => notation switch
    {
        BpfNotation.Assembly => string.Concat(instructions.Select((one, i) => $"{BpfText.Line(one, i)}\n")),
        BpfNotation.C => string.Concat(instructions.Select(one => $"{one},\n")),
        BpfNotation.Numbers => string.Create(CultureInfo.InvariantCulture, $"{instructions.Length}\n")
            + string.Concat(instructions.Select(one => $"{one.code} {one.jt} {one.jf} {one.k}\n")),
        _ => throw new ArgumentOutOfRangeException(nameof(notation), notation, "The notation must be a member of BpfNotation."),
    };
}
