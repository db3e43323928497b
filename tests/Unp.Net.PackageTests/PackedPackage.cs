using System.Diagnostics;
using System.Reflection;
using Xunit;

[assembly: AssemblyFixture(typeof(Unp.Net.PackageTests.PackedPackage))]

namespace Unp.Net.PackageTests;

/// <summary>
/// Packs the libraries into a temporary folder, which also serves as the feed of new projects. Dispose removes all of it.
/// </summary>
public sealed class PackedPackage : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    readonly string folder = Directory.CreateTempSubdirectory("unp-package-").FullName;

    public PackedPackage()
    {
        foreach (string id in Ids)
        {
            Dotnet(
                "pack", Path.Combine(RepositoryRoot, "src", id), "-c", "Release", "-o", Feed,
                "--artifacts-path", Path.Combine(folder, "artifacts"), "--nologo", "-v", "quiet");
        }
        Dotnet(
            "pack", Path.Combine(RepositoryRoot, "samples", "Unp.Samples"), "-c", "Release", "-o", Feed,
            "--artifacts-path", Path.Combine(folder, "artifacts"), "--nologo", "-v", "quiet");
        Assert.Equal(Ids.Length + 1, Directory.GetFiles(Feed, "*.nupkg").Length);
        Version = Path.GetFileNameWithoutExtension(Assert.Single(Directory.GetFiles(Feed, $"{Ids[0]}.?.*.nupkg")))[$"{Ids[0]}.".Length..];
    }

    /// <summary>The names of the packages.</summary>
    public static string[] Ids { get; } = ["Unp.Net", "Unp.Net.Netlink", "Unp.Net.Packets", "Unp.Net.Pipelines", "Unp.Net.Kestrel"];

    /// <summary>The version of the packages.</summary>
    public string Version { get; }

    /// <summary>The path of a package file.</summary>
    public string Nupkg(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    internal static string RepositoryRoot { get; } = BuiltWith("RepositoryRoot");

    /// <summary>The folder with all packages, which serves as a feed.</summary>
    internal string Feed => Path.Combine(folder, "feed");

    /// <summary>Creates a folder for a test.</summary>
    internal string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;

    /// <summary>
    /// Creates a console project that references packages of the folder feed, usually one. Their dependencies come from the packages
    /// restored for this build.
    /// </summary>
    public string NewProject(string name, string program, string id = "Unp.Net", string sdk = "Microsoft.NET.Sdk", params string[] others)
    {
        string project = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        File.WriteAllText(Path.Combine(project, "Program.cs"), program);
        File.WriteAllText(Path.Combine(project, $"{name}.csproj"), $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>{Path.Combine(folder, "packages")}</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(others.Append(id).Select(package => $"<PackageReference Include=\"{package}\" Version=\"{Version}\" />"))}
              </ItemGroup>
            </Project>
            """);
        WriteFeedConfiguration(project);
        return project;
    }

    /// <summary>A program of a single file, whose only reference is a package from the folder feed.</summary>
    public string NewFileBasedApp(string name, string program, string id)
    {
        string directory = NewFolder(name);
        WriteFeedConfiguration(directory);
        string file = Path.Combine(directory, "app.cs");
        File.WriteAllText(file, $"""
            #:package {id}@{Version}
            #:property PublishAot=false
            #:property RestorePackagesPath={Path.Combine(folder, "packages")}
            {program}
            """);
        return file;
    }

    void WriteFeedConfiguration(string directory) =>
        File.WriteAllText(Path.Combine(directory, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="folder" value="{Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="restored" value="{BuiltWith("PackagesRoot")}" />
              </fallbackPackageFolders>
            </configuration>
            """);

    /// <summary>Runs the SDK, returns its standard output, and fails with what it printed.</summary>
    internal string Dotnet(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"dotnet {string.Join(' ', arguments)} is not done after {Patience}.");
        }
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{output.Result}{error.Result}");
        return output.Result;
    }

    static string BuiltWith(string key) =>
        typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
