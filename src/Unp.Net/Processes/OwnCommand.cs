using System.Text;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>How this program was started, so that it can be started again: as a file of its own, or by <c>dotnet x.dll</c>, with its options.</summary>
static class OwnCommand
{
    /// <summary>The file that runs.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not tell.</exception>
    internal static string Program => Environment.ProcessPath ?? throw new PlatformNotSupportedException("The system does not tell which program this process runs.");

    /// <summary>Its <c>argv</c>, the name first.</summary>
    internal static string[] Arguments
    {
        get
        {
            // The runtime tells of the program's own arguments only, not of those of dotnet before them.
            if (Target.IsLinux)
                return Encoding.UTF8.GetString(File.ReadAllBytes("/proc/self/cmdline")).Split('\0')[..^1];
            string[] own = Environment.GetCommandLineArgs();
            bool isHosted = Path.GetFileNameWithoutExtension(Program) == "dotnet";
            return isHosted ? ["dotnet", .. own] : own;
        }
    }

    /// <summary>Starts this program again, with the same arguments.</summary>
    internal static SpawnedProcess Start(SpawnOptions options, string variable, string value)
    {
        string[] arguments = Arguments;
        Dictionary<string, string> environment = Libunp.OwnEnvironment();
        environment[variable] = value;
        return Libunp.Spawn(Program, arguments[1..], new()
        {
            Descriptors = options.Descriptors,
            NewSession = options.NewSession,
            Environment = environment,
            Name = arguments[0],
        });
    }
}
