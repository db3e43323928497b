namespace Unp.Testing;

/// <summary>
/// A temporary directory, removed with its contents. Its path is short, because the path of a Unix socket has at most 107 bytes.
/// </summary>
public sealed class TempDirectory : IDisposable
{
    readonly DirectoryInfo directory = New();

    /// <summary>Gets the path of a file in the directory, which does not exist yet.</summary>
    public string this[string name] => Path.Combine(directory.FullName, name);

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>Created in TMPDIR unless that is too long for the path of a Unix socket.</summary>
    static DirectoryInfo New()
    {
        const int LongestParent = 60;
        if (Path.GetTempPath().Length <= LongestParent)
            return Directory.CreateTempSubdirectory("unp");
        return Directory.CreateDirectory($"/tmp/unp{Path.GetRandomFileName()}");
    }
}
