using System.Globalization;
using System.Text;

namespace Unp.Samples.inetd;

/// <summary>A file with the number of this process, which is removed in the end.</summary>
sealed class ProcessIdFile : IDisposable
{
    readonly string name;
    readonly Fd directory;

    /// <summary>
    /// Writes the file, in place of what has its name. Another user's symbolic link of that name is replaced, not followed.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="UnpException">ENOENT, EACCES, ENOSPC...; the message has the path or its last part.</exception>
    public ProcessIdFile(string path)
    {
        name = Path.GetFileName(path);
        directory = Open(Path.GetDirectoryName(path)!, O_RDONLY | O_DIRECTORY);
        try
        {
            WholeFile.Replace(directory, name, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
        }
        catch
        {
            directory.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (unlinkat(directory, name, 0) < 0 && Errno.Last != Errno.ENOENT)
            err_ret($"{name} is not removed");
        directory.Dispose();
    }
}
