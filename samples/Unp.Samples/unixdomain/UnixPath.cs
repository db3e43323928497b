using System.CommandLine;

namespace Unp.Samples.unixdomain;

/// <summary>The socket paths of the servers and clients of chapter 15.</summary>
static class UnixPath
{
    public static readonly Option<string?> Chosen = new("--path")
    {
        Description = "The path of the socket, in place of the book's. A server prints it on standard error when it is ready.",
        HelpName = "path",
    };

    /// <summary>Returns the chosen path, or the book's.</summary>
    public static string Of(ProgramOptions options, string book) => options.Value(Chosen) ?? book;
}
