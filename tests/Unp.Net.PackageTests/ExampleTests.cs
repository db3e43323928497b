using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Xunit;

namespace Unp.Net.PackageTests;

/// <summary>
/// The examples of the XML documentation. Each block of code is the body of an async method, and can use the fields of <see cref="Given"/>.
/// </summary>
public sealed class ExampleTests(PackedPackage package)
{
    const string Given = """
        public abstract class Given
        {
            public static string[] args = [];
            public static string path = "";
            public static byte[] buffer = [], control = [];
            public static bool isDone;
            public static ReadOnlyMemory<byte> unsent;
            public static Fd fd = null!, connfd = null!, listenfd = null!, channel = null!, file = null!, udp = null!;
            public static SockAddr address;
            public static PacketInfo info;
            public static Poller poller = null!;
            public static PollRegistration registration = null!;
            public static SpawnedProcess child = null!;
            public static EventLoop loop = null!;
            public static LoopSocket socket = null!;
            public static LoopConnection connection = null!;
            public static NetlinkSocket netlink = null!;
            public static NetlinkMessageWriter request = null!;
            public static RtnetlinkSocket routing = null!;
            public static MemoryPool<byte> pool = null!;
            public static UnpTransportOptions options = null!;
        }
        """;

    const string Usings = """
        global using System.Buffers;
        global using System.Net;
        global using System.Runtime.InteropServices;
        global using System.Text;
        global using Unp.Net;
        global using Unp.Net.Kestrel;
        global using Unp.Net.Netlink;
        global using Unp.Net.Packets;
        global using Unp.Net.Pipelines;
        global using static Unp.Net.Libc;
        global using static Unp.Net.Libunp;
        global using Route = Unp.Net.Netlink.Route;
        """;

    [Fact]
    public void Examples_compile()
    {
        (string File, string Code)[] examples = [.. PackedPackage.Ids.SelectMany(Examples)];
        Assert.InRange(examples.Length, 60, 1000);

        // CS0219, CS8321: an example shows a result that it does not use. CS1998: not every example awaits. CA1416: an example of a
        // function that only some systems have does not check the system.
        var source = new StringBuilder($"""
            #pragma warning disable CS0219, CS8321, CS1998, CA1416
            {Usings}
            Console.WriteLine("compiled");
            {Given}
            sealed class Examples : Given
            """);
        source.Append("\n{\n");
        foreach ((int i, (string file, string code)) in examples.Index())
            source.Append($"static async Task Example{i}()\n{{\n#line 1 \"{file}\"\n{code}\n#line default\n}}\n");
        source.Append("}\n");
        string project = package.NewProject(
            "examples", source.ToString(), "Unp.Net.Kestrel", "Microsoft.NET.Sdk.Web", "Unp.Net.Netlink", "Unp.Net.Packets");
        package.Dotnet("build", project, "--nologo", "-v", "quiet");
    }

    /// <summary>Returns the blocks of code in the examples of a package. A primary constructor repeats those of its type.</summary>
    IEnumerable<(string File, string Code)> Examples(string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Nupkg(id));
        using Stream documentation = archive.GetEntry($"lib/net10.0/{id}.xml")!.Open();
        return [.. XDocument.Load(documentation).Descendants("member")
            .SelectMany(member => member.Descendants("example"), (member, example) => (Name: member.Attribute("name")!.Value, example))
            .SelectMany(pair => CodeOf(pair.example), (pair, code) => ($"{pair.Name[2..].Split('(')[0]}.cs", code))
            .DistinctBy(example => example.code)];
    }

    static string[] CodeOf(XElement example)
    {
        string[] code = [.. example.Elements("code").Select(block => block.Value)];
        Assert.NotEmpty(code);
        return code;
    }
}
