using System.Text.RegularExpressions;
using Unp.Testing;
using Xunit;

namespace Unp.Net.PackageTests;

/// <summary>All programs of docs/guide, each a project that uses the packages; built once.</summary>
public sealed partial class GuidePrograms
{
    readonly Dictionary<string, string> projects = [];

    public GuidePrograms(PackedPackage package)
    {
        foreach (string page in Directory.GetFiles(Path.Combine(PackedPackage.RepositoryRoot, "docs", "guide"), "*.md"))
        {
            string topic = Path.GetFileNameWithoutExtension(page);
            string id = topic switch
            {
                "kestrel" => "Unp.Net.Kestrel",
                "event-loops" => "Unp.Net.Pipelines",
                "netlink" => "Unp.Net.Netlink",
                "packets" or "filters" or "capture-files" => "Unp.Net.Packets",
                _ => "Unp.Net",
            };
            foreach (Match program in Program().Matches(File.ReadAllText(page)))
            {
                string name = program.Groups["name"].Value;
                bool isOfLinux = topic is "netlink" or "filters" || name == "packet-capture";
                string code = $"""
                    using Unp.Net;
                    {(id == "Unp.Net" ? "" : $"using {id};")}
                    {(id == "Unp.Net.Netlink" ? "using Unp.Net.Pipelines;" : "")}
                    using static Unp.Net.Libc;
                    using static Unp.Net.Libunp;
                    {(isOfLinux ? "[assembly: System.Runtime.Versioning.SupportedOSPlatform(\"linux\")]" : "")}

                    {program.Groups["code"].Value}
                    """;
                string sdk = id == "Unp.Net.Kestrel" ? "Microsoft.NET.Sdk.Web" : "Microsoft.NET.Sdk";
                projects[name] = package.NewProject(name, code, id, sdk);
            }
        }
        Assert.InRange(projects.Count, 15, 100);
        string solution = Path.Combine(package.NewFolder("guide"), "guide.slnx");
        IEnumerable<string> lines = projects.Select(project => $"<Project Path=\"{project.Value}/{project.Key}.csproj\" />");
        File.WriteAllText(solution, $"<Solution>{string.Concat(lines)}</Solution>");
        package.Dotnet("build", solution, "--nologo", "-v", "quiet");
    }

    /// <summary>Starts a program by the name that its page gives it.</summary>
    public Peer Start(string name, params string[] arguments) => Peer.Start(Executable(name), arguments);

    /// <summary>Starts a program that can have only a number of descriptors.</summary>
    public Peer StartWithDescriptors(int limit, string name, params string[] arguments) =>
        Peer.Start("sh", ["-c", $"ulimit -n {limit}; exec \"$@\"", "sh", Executable(name), .. arguments]);

    string Executable(string name) => Path.Combine(projects[name], "bin", "Debug", "net10.0", name);

    [GeneratedRegex("```csharp (?<name>[a-z-]+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
