using System.IO.Compression;
using System.Text.RegularExpressions;
using Unp.Testing;
using Xunit;

namespace Unp.Net.PackageTests;

/// <summary>The packages as their users get them: packed, restored from a folder feed into a new project, run.</summary>
public sealed partial class PackageTests(PackedPackage package) : IClassFixture<PackedPackage>
{
    public static TheoryData<string> Ids => [.. PackedPackage.Ids];

    [Theory, MemberData(nameof(Ids))]
    public void The_package_holds_library_documentation_readme_and_licence(string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(package.Nupkg(id));
        string[] files = [.. archive.Entries.Select(entry => entry.FullName)];
        Assert.Contains($"lib/net10.0/{id}.dll", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        Assert.Contains("README.md", files);

        using var nuspec = new StreamReader(archive.GetEntry($"{id}.nuspec")!.Open());
        string text = nuspec.ReadToEnd();
        Assert.Contains("<license type=\"expression\">MIT</license>", text, StringComparison.Ordinal);
        Assert.Contains("<readme>README.md</readme>", text, StringComparison.Ordinal);

        // Unp.Net depends on nothing, and each of the others on the one before.
        string[] dependencies = [.. Dependency().Matches(text).Select(match => match.Groups[1].Value).Order()];
        Assert.Equal(
            id switch
            {
                "Unp.Net" => [],
                "Unp.Net.Pipelines" => ["Microsoft.Extensions.ObjectPool", "Unp.Net"],
                _ => ["Unp.Net.Pipelines"],
            },
            dependencies);
        Assert.Equal(id == "Unp.Net.Kestrel", text.Contains("<frameworkReference name=\"Microsoft.AspNetCore.App\"", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_symbols_are_packed_too(string id)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.ChangeExtension(package.Nupkg(id), "snupkg"));
        Assert.Contains(archive.Entries, entry => entry.FullName == $"lib/net10.0/{id}.pdb");
    }

    [Fact]
    public void An_event_loop_runs_from_its_package()
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
    public void The_ten_lines_of_the_README_are_an_echo_server()
    {
        string project = package.NewProject("echo", EchoServerOfTheReadme().Replace("\"9877\"", "\"0\"", StringComparison.Ordinal));
        package.Dotnet("build", project, "--nologo", "-v", "quiet");

        using Peer server = Peer.Start(Path.Combine(project, "bin/Debug/net10.0/echo"));
        string line = server.ReadLine() ?? "";
        Assert.StartsWith("echoing on ", line, StringComparison.Ordinal);

        SockAddr address = SockAddr.Parse(line["echoing on ".Length..]);
        using Fd connection = Libunp.Tcp_connect(Libunp.Sock_ntop_host(address), $"{address.Port}");
        Libunp.Writen(connection, "hello, package\n"u8);
        byte[] answer = new byte[100];
        int n = Limit.Run(() => Libunp.Readline(connection, answer));
        Assert.Equal("hello, package\n"u8, answer.AsSpan(0, n));
    }

    static string EchoServerOfTheReadme()
    {
        string readme = File.ReadAllText(Path.Combine(PackedPackage.RepositoryRoot, "README.md"));
        string code = FirstCSharpBlock().Match(readme).Groups[1].Value;
        Assert.Contains("Tcp_listen(\"localhost\", \"9877\")", code, StringComparison.Ordinal);
        Assert.InRange(code.Trim().Split('\n').Length, 1, 10);
        return code;
    }

    [GeneratedRegex("<dependency id=\"([^\"]*)\"")]
    private static partial Regex Dependency();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex FirstCSharpBlock();
}
