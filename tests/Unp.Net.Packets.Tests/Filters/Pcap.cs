using System.Runtime.InteropServices;
using System.Text;

namespace Unp.Net.Packets.Tests;

/// <summary>The compiler of tcpdump, called in its library, because a process for each filter would take too long.</summary>
static unsafe partial class Pcap
{
    const string Library = "libpcap.so.0.8";
    const uint Netmask = 0xFFFFFF00; // the library takes it in host order

    struct Program
    {
        public uint Length;
        public sock_filter* Instructions;
    }

    /// <summary>Skips the test if tcpdump is not installed.</summary>
    internal static void Require()
    {
        Peer.Require("tcpdump");
        Assert.SkipUnless(NativeLibrary.TryLoad(Library, out _), $"{Library} of tcpdump is missing");
    }

    /// <summary>Compiles a filter as <c>tcpdump -d</c> or <c>tcpdump -O -d</c> does; null: tcpdump refuses it, for the reason.</summary>
    internal static BpfProgram? Compile(string filter, LinkType linkType, bool isOptimized, out string reason)
    {
        nint handle = pcap_open_dead(linkType == LinkType.Raw ? 12 : (int)linkType, 262144);
        try
        {
            Program program;
            fixed (byte* text = Encoding.UTF8.GetBytes(filter + '\0'))
            {
                if (pcap_compile(handle, &program, text, isOptimized ? 1 : 0, Netmask) < 0)
                {
                    reason = Marshal.PtrToStringUTF8(pcap_geterr(handle))!;
                    return reason == "expression rejects all packets" ? BpfProgram.Parse("ret #0") : null;
                }
            }
            reason = "";
            BpfProgram copy = new(new ReadOnlySpan<sock_filter>(program.Instructions, (int)program.Length));
            pcap_freecode(&program);
            return copy;
        }
        finally
        {
            pcap_close(handle);
        }
    }

    /// <summary>Returns an instruction as <c>tcpdump -d</c> prints it.</summary>
    internal static string Line(sock_filter one, int number) => Marshal.PtrToStringUTF8(bpf_image(&one, number))!;

    [LibraryImport(Library)]
    private static partial nint pcap_open_dead(int linkType, int snapLength);

    [LibraryImport(Library)]
    private static partial int pcap_compile(nint handle, Program* program, byte* text, int optimize, uint netmask);

    [LibraryImport(Library)]
    private static partial nint pcap_geterr(nint handle);

    [LibraryImport(Library)]
    private static partial void pcap_freecode(Program* program);

    [LibraryImport(Library)]
    private static partial void pcap_close(nint handle);

    [LibraryImport(Library)]
    private static partial nint bpf_image(sock_filter* one, int number);
}
