using System.Security.Cryptography;
using System.Text;

namespace Unp.Samples.Tests.unixdomain;

/// <summary>Tests of a program that opens a file in one process and reads it in another.</summary>
public class MycatTests
{
    /// <summary>A file that even root cannot read.</summary>
    const string NotEvenRoots = "/proc/sys/vm/compact_memory";

    public static TheoryData<string, string> Unopenable => new(
        ("missing", nameof(Errno.ENOENT)),
        ("file/below", nameof(Errno.ENOTDIR)),
        ("loop", nameof(Errno.ELOOP)),
        ("", nameof(Errno.ENOENT)),
        (NotEvenRoots, nameof(Errno.EACCES)));

    [Theory]
    [InlineData("file")]
    [InlineData("a name with spaces, \u00e4 and ;")]
    public void Every_byte_of_file_is_printed(string name)
    {
        using var directory = new TempDirectory();
        byte[] bytes = RandomNumberGenerator.GetBytes(3 * BUFFSIZE + 1);
        File.WriteAllBytes(directory[name], bytes);
        Assert.Equal(new Outcome(0, Encoding.Latin1.GetString(bytes), ""), UnpProcess.Run("mycat", directory[name]));
    }

    [Fact]
    public void Empty_file_prints_nothing_and_directory_prints_error()
    {
        Assert.Equal(new Outcome(0, "", ""), UnpProcess.Run("mycat", "/dev/null"));
        Assert.Equal(new Outcome(1, "", "read error: Is a directory\n"), UnpProcess.Run("mycat", "/"));
    }

    [Theory]
    [MemberData(nameof(Unopenable))]
    public void Failed_open_is_reported_by_status_of_openfile(string name, string reason)
    {
        Assert.SkipWhen(name == NotEvenRoots && !File.Exists(name), $"this kernel has no {name}");
        using var directory = new TempDirectory();
        File.WriteAllText(directory["file"], "");
        File.CreateSymbolicLink(directory["loop"], directory["loop"]);
        string path = name.Length > 0 ? directory[name] : "";
        Errno error = (Errno)typeof(Errno).GetProperty(reason)!.GetValue(null)!;
        Assert.Equal(new Outcome(error.Value, "", ""), UnpProcess.Run("openfile", "0", path, "0"));
        Assert.Equal(new Outcome(1, "", $"cannot open {path}: {error.Message}\n"), UnpProcess.Run("mycat", path));
    }

    [Fact]
    public void Failed_passing_is_reported_by_status_of_openfile()
    {
        Assert.Equal(new Outcome(Errno.ENOTSOCK.Value, "", ""), UnpProcess.Run("openfile", "0", "/dev/null", "0"));
        Assert.Equal(new Outcome(Errno.EBADF.Value, "", ""), UnpProcess.Run("openfile", "999", "/dev/null", "0"));
    }

    [Fact]
    public void Openfile_opens_with_requested_mode()
    {
        using var directory = new TempDirectory();
        File.WriteAllText(directory["file"], "1234");
        var (first, second) = Loopback.UnixPair();
        using (first)
        using (second)
        using (SpawnedProcess child = Spawn(
            UnpProcess.Executable, ["openfile", "7", directory["file"], $"{O_WRONLY}"], new() { Descriptors = { [7] = second } }))
        {
            Assert.Equal(1, Read_fd(first, stackalloc byte[10], out Fd? file));
            Assert.Equal(0, child.Wait().ExitStatus);
            using (file)
                Write(file!, "ab"u8);
        }
        Assert.Equal("ab34", File.ReadAllText(directory["file"]));
    }
}
