namespace Unp.Testing;

/// <summary>A directory of a test's own, removed with all that is in it. Its path is short: a unix socket's has 107 bytes.</summary>
public sealed class TempDirectory : IDisposable
{
    readonly DirectoryInfo directory = New();

    /// <summary>The path of a file in it, which does not exist yet.</summary>
    public string this[string name] => Path.Combine(directory.FullName, name);

    public void Dispose() => directory.Delete(recursive: true);

    /// <summary>In TMPDIR, unless that is so long that no unix socket could have a path there.</summary>
    static DirectoryInfo New()
    {
        const int LongestParent = 60;
        if (Path.GetTempPath().Length <= LongestParent)
            return Directory.CreateTempSubdirectory("unp");
        return Directory.CreateDirectory($"/tmp/unp{Path.GetRandomFileName()}");
    }
}
