namespace Unp.Testing;

/// <summary>A directory of a test's own, removed with all that is in it. Its path is short: a unix socket's has 107 bytes.</summary>
public sealed class TempDirectory : IDisposable
{
    readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("unp");

    /// <summary>The path of a file in it, which does not exist yet.</summary>
    public string this[string name] => Path.Combine(directory.FullName, name);

    public void Dispose() => directory.Delete(recursive: true);
}
