namespace Unp.Net;

/// <summary>How this process was started, so that it can be again.</summary>
static class ThisProgram
{
    /// <summary>The executable; for one that was started by <c>dotnet program.dll</c> that is dotnet.</summary>
    internal static string Path => Environment.ProcessPath ?? throw new PlatformNotSupportedException("The system does not tell which program this is.");

    /// <summary>The arguments that the executable had.</summary>
    internal static string[] Arguments
    {
        get
        {
            string[] all = Environment.GetCommandLineArgs(); // the first is the program's assembly, or the executable itself
            return System.IO.Path.GetFileNameWithoutExtension(Path) == "dotnet" ? all : all[1..];
        }
    }
}
