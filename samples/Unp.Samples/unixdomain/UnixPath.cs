using System.CommandLine;

namespace Unp.Samples.unixdomain;

/// <summary>Where the servers and clients of chapter 15 meet.</summary>
static class UnixPath
{
    public static readonly Option<string?> Chosen = new("--path")
    {
        Description = "The socket's path, in place of the book's. A server tells on standard error when it listens there.",
        HelpName = "path",
    };

    /// <summary>The path that was chosen, or the book's.</summary>
    public static string Of(Options options, string book) => options.Value(Chosen) ?? book;
}
