using System.Globalization;
using System.Text;

namespace Unp.Samples.inetd;

/// <summary>A file with the ID of this process, removed on disposal.</summary>
sealed class ProcessIdFile : IDisposable
{
    readonly string name;
    readonly Fd directory;

    /// <summary>
    /// Writes the file and replaces an existing one. Another user's symbolic link of that name is replaced, not followed.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <exception cref="UnpException">ENOENT, EACCES, ENOSPC... The message contains the path or its last part.</exception>
    public ProcessIdFile(string path)
    {
        name = Path.GetFileName(path);
        directory = Open(Path.GetDirectoryName(path)!, O_RDONLY | O_DIRECTORY);
        try
        {
            string number = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n");
            WholeFile.Replace(directory, name, Encoding.ASCII.GetBytes(number));
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
            err_ret($"cannot remove {name}");
        directory.Dispose();
    }
}
