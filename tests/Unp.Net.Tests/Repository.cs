namespace Unp.Net.Tests;

/// <summary>The source tree that the tests were built from.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Unp.Net.sln")))
            root = root.Parent;
        return root!.FullName;
    }
}
