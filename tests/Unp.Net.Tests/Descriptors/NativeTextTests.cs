using System.Text;
using Unp.Net.Abi;

namespace Unp.Net.Tests.Descriptors;

/// <summary>Names that are not UTF-8.</summary>
public class NativeTextTests
{
    // These are not arguments of a theory, because an attribute cannot contain a lone surrogate.
    static readonly (byte[] Bytes, string Text)[] Pairs =
    [
        ([], ""),
        ([.. "plain"u8], "plain"),
        ([0xC3, 0xA9], "\u00e9"),
        ([0xF0, 0x9F, 0x98, 0x80], "\U0001F600"),
        ([0xFF], "\uDCFF"),
        ([0x41, 0x80, 0x42], "A\uDC80B"),
        ([0xC3], "\uDCC3"),
        ([0xE2, 0x82], "\uDCE2\uDC82"),
        ([0xED, 0xB3, 0xBF], "\uDCED\uDCB3\uDCBF"),
        ([0xF0, 0x9F, 0x98, 0xFF, 0xC3, 0xA9], "\uDCF0\uDC9F\uDC98\uDCFF\u00e9"),
    ];

    [Fact]
    public void Bytes_survive_conversion_to_text() => Assert.All(Pairs, pair =>
    {
        Assert.Equal(pair.Text, NativeText.GetString(pair.Bytes));
        Assert.Equal(pair.Bytes, NativeText.GetBytes(pair.Text));
    });

    [Fact]
    public void Random_bytes_survive_conversion()
    {
        var random = new Random(1);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = new byte[random.Next(40)];
            random.NextBytes(bytes);
            Assert.Equal(bytes, NativeText.GetBytes(NativeText.GetString(bytes)));
        }
    }

    [Fact]
    public void Other_lone_surrogate_becomes_replacement_character() => Assert.All((char[])['\uD83D', '\uDC00', '\uDC7F', '\uDD00'], lone =>
    {
        Assert.Equal("\uFFFD"u8.ToArray(), NativeText.GetBytes($"{lone}"));
        Assert.Equal(Encoding.UTF8.GetBytes("a\uFFFDb"), NativeText.GetBytes($"a{lone}b"));
    });

    [Fact]
    public void File_whose_name_is_not_utf8_is_created_opened_and_removed()
    {
        using var directory = new TempDirectory();
        string path = directory["d"] + "\uDCFF\uDCFE" + new string('x', 200);
        using (Fd file = Open(path, O_WRONLY | O_CREAT, 0x180))
            Write(file, "inside"u8);
        using (Peer list = Peer.Start("ls", directory["."]))
            Assert.Equal($"d\u00ff\u00fe{new string('x', 200)}\n", list.Finish().Output);
        Unlink(path);
    }

    [Fact]
    public void Unix_path_that_is_not_utf8_keeps_its_bytes()
    {
        using var directory = new TempDirectory();
        string path = directory["s"] + "\uDCFF";
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        BindUnix(fd, path);
        SockAddr bound = Getsockname(fd);
        Assert.Equal((byte)0xFF, bound.PathBytes[^1]);
        Assert.Equal(path, bound.Path);
        Unlink(path);
    }

    [Fact]
    public void Argument_that_is_not_utf8_reaches_child()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            using (write)
            using (SpawnedProcess child = Spawn("printf", ["%s", "a\uDCFFb"], new() { Descriptors = { [1] = write } }))
                Assert.Equal(0, child.Wait().ExitStatus);
            byte[] buffer = new byte[16];
            Assert.Equal((byte[])[(byte)'a', 0xFF, (byte)'b'], buffer[..Read(read, buffer)]);
        }
    }

    [Fact]
    public void Empty_path_is_refused()
    {
        Assert.StartsWith("The path must not be empty.", Assert.Throws<ArgumentException>(() => Open("", O_RDONLY)).Message);
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => SockAddr.Unix("")).ParamName);
    }
}
