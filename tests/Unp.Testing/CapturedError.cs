using Unp.Net;

namespace Unp.Testing;

/// <summary>Collects what this process writes to descriptor 2. No other test may write to it meanwhile.</summary>
public sealed class CapturedError : IDisposable
{
    readonly TempDirectory directory = new();
    readonly Fd before = Libunp.Dup(Fd.StandardError);

    /// <summary>Redirects descriptor 2 to a file.</summary>
    public CapturedError()
    {
        using Fd file = Libunp.Open(directory["error"], Libc.O_WRONLY | Libc.O_CREAT | Libc.O_APPEND, 0x180);
        Libunp.Dup2(file, Fd.StandardError);
    }

    /// <summary>Gets the text written so far.</summary>
    public string Text => File.ReadAllText(directory["error"]);

    public void Dispose()
    {
        Libunp.Dup2(before, Fd.StandardError);
        before.Dispose();
        directory.Dispose();
    }
}
