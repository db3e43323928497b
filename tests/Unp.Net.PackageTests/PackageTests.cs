using System.IO.Compression;
using System.Text.RegularExpressions;
using Unp.Testing;
using Xunit;

namespace Unp.Net.PackageTests;

/// <summary>The packages as their users get them: packed, restored from a folder feed into a new project, run.</summary>
public sealed partial class PackageTests(PackedPackage package)
{
    static int programs;

    public static TheoryData<string> Ids => [.. PackedPackage.Ids];

    [Theory, MemberData(nameof(Ids))]
    public void Package_holds_library_documentation_and_metadata(string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Nupkg(id));
        string[] files = [.. archive.Entries.Select(entry => entry.FullName)];
        Assert.Contains($"lib/net10.0/{id}.dll", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        Assert.Contains("README.md", files);
        Assert.Contains("icon.png", files);

        using var nuspec = new StreamReader(archive.GetEntry($"{id}.nuspec")!.Open());
        string text = nuspec.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", text, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", text, StringComparison.Ordinal);
        Assert.Contains("<icon>icon.png</icon>", text, StringComparison.Ordinal);
        Assert.Contains("<projectUrl>https://", text, StringComparison.Ordinal);
        Assert.Contains("<repository type=\"git\" url=\"https://", text, StringComparison.Ordinal);

        // Unp.Net depends on nothing, and each other package only on the one below it.
        string[] dependencies = [.. Dependency().Matches(text).Select(match => match.Groups[1].Value).Order()];
        Assert.Equal(
            id switch
            {
                "Unp.Net" => [],
                "Unp.Net.Packets" => ["Unp.Net"],
                "Unp.Net.Pipelines" => ["Microsoft.Extensions.ObjectPool", "Unp.Net"],
                _ => ["Unp.Net.Pipelines"],
            },
            dependencies);
        bool hasFramework = text.Contains("<frameworkReference name=\"Microsoft.AspNetCore.App\"", StringComparison.Ordinal);
        Assert.Equal(id == "Unp.Net.Kestrel", hasFramework);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Package_readme_links_are_absolute(string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Nupkg(id));
        using var readme = new StreamReader(archive.GetEntry("README.md")!.Open());
        string[] targets = [.. LinkTarget().Matches(readme.ReadToEnd()).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.StartsWith("https://", target, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Ids))]
    public void Package_has_symbols(string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.ChangeExtension(package.Nupkg(id), "snupkg"));
        Assert.Contains(archive.Entries, entry => entry.FullName == $"lib/net10.0/{id}.pdb");
    }

    [Fact]
    public void Event_loop_runs_from_its_package()
    {
        string project = package.NewProject("loop", """
            using Unp.Net;
            using Unp.Net.Pipelines;

            using var loop = new EventLoop();
            await loop.RunAsync(async () =>
            {
                Libunp.Socketpair(Libc.AF_UNIX, Libc.SOCK_STREAM, 0, out Fd first, out Fd second);
                using var sender = new LoopSocket(loop, first);
                using var receiver = new LoopSocket(loop, second);
                byte[] buffer = new byte[10];
                ValueTask<int> receiving = receiver.ReceiveAsync(buffer);
                await sender.SendAsync("hello"u8.ToArray());
                Console.WriteLine($"{await receiving} bytes");
            });
            """, "Unp.Net.Pipelines");
        package.Dotnet("build", project, "--nologo", "-v", "quiet");
        using Peer program = Peer.Start(Path.Combine(project, "bin/Debug/net10.0/loop"));
        Assert.Equal(new Outcome(0, "5 bytes\n", ""), program.Finish());
    }

    [Fact]
    public void File_based_app_uses_package()
    {
        string file = package.NewFileBasedApp("app", """
            using Unp.Net;

            Console.WriteLine(SockAddr.Inet("127.0.0.1", 9877));
            """, "Unp.Net");
        Assert.Equal("127.0.0.1:9877\n", package.Dotnet("run", file));
    }

    [Theory]
    [InlineData("README.md", "Unp.Net")]
    [InlineData("src/Unp.Net/README.md", "Unp.Net")]
    [InlineData("src/Unp.Net.Pipelines/README.md", "Unp.Net.Pipelines")]
    public void Readme_program_is_echo_server(string readme, string id)
    {
        string program = FirstProgramOf(readme);
        Assert.InRange(program.Trim().Split('\n').Length, 1, 12);
        using Peer server = Start(program.Replace("9877", "0", StringComparison.Ordinal), id, "Microsoft.NET.Sdk");
        string line = server.ReadLine() ?? "";
        Assert.StartsWith("echoing on ", line, StringComparison.Ordinal);

        using Fd connection = Connect(SockAddr.Parse(line["echoing on ".Length..]));
        Libunp.Writen(connection, "hello, package\n"u8);
        byte[] answer = new byte[100];
        int n = Limit.Run(() => Libunp.Readline(connection, answer));
        Assert.Equal("hello, package\n"u8, answer.AsSpan(0, n));
    }

    [Fact]
    public void Readme_table_lines_compile()
    {
        string readme = File.ReadAllText(Path.Combine(PackedPackage.RepositoryRoot, "README.md"));
        int start = readme.IndexOf("## What it is for", StringComparison.Ordinal);
        string table = readme[start..readme.IndexOf("## Packages", StringComparison.Ordinal)];
        string[] lines = [.. TableCode().Matches(table).Select(match => match.Groups[1].Value)];
        Assert.InRange(lines.Length, 8, 20);
        string project = package.NewProject("table", $$"""
            using Unp.Net;
            using Unp.Net.Packets;
            using static Unp.Net.Libc;
            using static Unp.Net.Libunp;

            Console.WriteLine("compiled");

            static class Table
            {
                internal static void Lines(
                    Fd channel, Fd connection, Fd file, Fd timer, Fd udp, Poller poller, PollEvent[] events, MessageBatch batch,
                    byte[] buffer, byte[] control)
                {
            {{string.Concat(lines.Select(line => $"        {{ {line} }}\n"))}}    }
            }
            """, "Unp.Net.Packets");
        package.Dotnet("build", project, "--nologo", "-v", "quiet");
    }

    [Fact]
    public void Netlink_readme_program_lists_links()
    {
        using Peer program = Start(FirstProgramOf("src/Unp.Net.Netlink/README.md"), "Unp.Net.Netlink", "Microsoft.NET.Sdk");
        Outcome outcome = program.Finish();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("1: lo ", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_readme_program_builds_and_reads_packet()
    {
        using Peer program = Start(FirstProgramOf("src/Unp.Net.Packets/README.md"), "Unp.Net.Packets", "Microsoft.NET.Sdk");
        Assert.Equal(new Outcome(0, "192.0.2.1 port 9877: 5 bytes, Valid\n", ""), program.Finish());
    }

    [Fact]
    public void Kestrel_readme_program_answers_request()
    {
        string program = FirstProgramOf("src/Unp.Net.Kestrel/README.md");
        using Peer server = Start(program, "Unp.Net.Kestrel", "Microsoft.NET.Sdk.Web", "--urls", "http://127.0.0.1:0");
        string? line;
        do
            line = server.ReadLine();
        while (line is not null && !line.Contains("http://", StringComparison.Ordinal));
        Assert.NotNull(line);

        using Fd connection = Connect(SockAddr.Parse(line[(line.IndexOf("http://", StringComparison.Ordinal) + "http://".Length)..]));
        Libunp.Writen(connection, "GET / HTTP/1.0\r\n\r\n"u8);
        byte[] answer = new byte[1000];
        int n = Limit.Run(() => Libunp.Readn(connection, answer));
        Assert.EndsWith("hello\n", System.Text.Encoding.ASCII.GetString(answer, 0, n), StringComparison.Ordinal);
    }

    Peer Start(string program, string id, string sdk, params string[] arguments)
    {
        string name = $"program{Interlocked.Increment(ref programs)}";
        string project = package.NewProject(name, program, id, sdk);
        package.Dotnet("build", project, "--nologo", "-v", "quiet");
        return Peer.Start(Path.Combine(project, $"bin/Debug/net10.0/{name}"), arguments);
    }

    static Fd Connect(SockAddr address) => Libunp.Tcp_connect(Libunp.Sock_ntop_host(address), $"{address.Port}");

    static string FirstProgramOf(string readme) =>
        FirstCSharpBlock().Match(File.ReadAllText(Path.Combine(PackedPackage.RepositoryRoot, readme))).Groups[1].Value;

    [GeneratedRegex(@"\]\(([^)]*)\)")]
    private static partial Regex LinkTarget();

    [GeneratedRegex(@"\| `([^`]*;)` \|")]
    private static partial Regex TableCode();

    [GeneratedRegex("<dependency id=\"([^\"]*)\"")]
    private static partial Regex Dependency();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstCSharpBlock();
}
