using System.Globalization;
using System.IO.Pipes;

namespace Unp.Net.Tests.Processes;

/// <summary>Tests which descriptors a child has, as the child itself lists them.</summary>
public sealed class SpawnDescriptorTests : IDisposable
{
    const string List = "ls /proc/$$/fd; true";

    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    /// <summary>With closefrom as in the C library, and without as in musl.</summary>
    public static TheoryData<bool> CloseFrom => [true, false];

    [Theory]
    [MemberData(nameof(CloseFrom))]
    public void Child_has_chosen_descriptors_and_no_others(bool hasCloseFrom)
    {
        // Other code may have opened descriptors without close-on-exec.
        using Fd foreign = new(dup(0));
        using Fd high = new(fcntl(0, F_DUPFD, Kernel.Far));
        using Fd file = Open("/dev/null", O_RDWR);
        Assert.Equal(0, fcntl(foreign, F_GETFD));
        var options = new SpawnOptions { Descriptors = { [3] = file, [7] = file, [40] = foreign } };
        Assert.Equal("0\n1\n2\n3\n40\n7", Children.Shell(List, options, hasCloseFrom));
        Assert.Equal("0\n1\n2", Children.Shell(List, new(), hasCloseFrom));
    }

    [Theory]
    [MemberData(nameof(CloseFrom))]
    public void Number_far_above_others_works(bool hasCloseFrom)
    {
        DescriptorLimit.Require(5001);
        using Fd foreign = new(fcntl(0, F_DUPFD, Kernel.Far));
        var options = new SpawnOptions { Descriptors = { [5000] = foreign } };
        Assert.Equal("0\n1\n2\n5000", Children.Shell(List, options, hasCloseFrom));
    }

    [Theory]
    [MemberData(nameof(CloseFrom))]
    public void Two_numbers_are_exchanged(bool hasCloseFrom)
    {
        using Fd first = Kernel.Apart(File("first"));
        using Fd second = Kernel.Apart(File("second"));
        var (one, two) = (Kernel.Number(first), Kernel.Number(second));
        var options = new SpawnOptions { Descriptors = { [one] = second, [two] = first } };
        string links = Children.Shell($"readlink /proc/$$/fd/{one} /proc/$$/fd/{two}", options, hasCloseFrom);
        Assert.Equal($"{directory["second"]}\n{directory["first"]}", links);
        Assert.Equal(5, Children.Shell(List, options, hasCloseFrom).Split('\n').Length);
    }

    [Fact]
    public void Three_numbers_are_rotated_and_one_stays()
    {
        Fd[] files = [.. ((string[])["a", "b", "c", "d"]).Select(name => Kernel.Apart(File(name)))];
        string[] numbers = [.. files.Select(file => Kernel.Number(file).ToString(CultureInfo.InvariantCulture))];
        int Number(int index) => Kernel.Number(files[index]);
        var options = new SpawnOptions
        {
            Descriptors = { [Number(0)] = files[1], [Number(1)] = files[2], [Number(2)] = files[0], [Number(3)] = files[3] },
        };
        string links = Children.Shell($"readlink {string.Join(' ', numbers.Select(number => $"/proc/$$/fd/{number}"))}", options);
        Assert.Equal(string.Join('\n', ((string[])["b", "c", "a", "d"]).Select(name => directory[name])), links);
        Assert.All(files, file => Assert.True(Kernel.IsCloseOnExec(file)));
        foreach (Fd file in files)
            file.Dispose();
    }

    [Fact]
    public void Standard_descriptors_can_be_exchanged()
    {
        // Standard error goes to the pipe, and standard output to the old standard error.
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            using (write)
            using (File("err"))
            using (SpawnedProcess child = Spawn(
                "/bin/sh", ["-c", "echo out; echo err >&2"], new() { Descriptors = { [2] = write, [1] = write, [0] = write } }))
            {
                Assert.Equal(0, Limit.Run(child.Wait).ExitStatus);
            }
            Assert.Equal("out\nerr\n", Limit.Run(() => Children.ReadToEnd(read)));
        }
    }

    [Fact]
    public void Own_and_BCL_pipes_carry_input_and_output_of_child()
    {
        Pipe(out Fd read, out Fd write);
        using (read)
        using (var input = new AnonymousPipeServerStream(PipeDirection.Out))
        {
            SpawnedProcess child;
            using (write)
                child = Spawn("tr", ["a-z", "A-Z"], new() { Descriptors = { [0] = input.ClientSafePipeHandle, [1] = write } });
            using (child)
            {
                input.DisposeLocalCopyOfClientHandle();
                input.Write("hello\n"u8);
                input.Dispose();
                Assert.Equal("HELLO\n", Limit.Run(() => Children.ReadToEnd(read)));
                Assert.True(Limit.Run(child.Wait).Exited);
            }
        }
    }

    [Fact]
    public void Socket_is_standard_input_and_output_of_child()
    {
        var (ours, theirs) = Loopback.UnixPair();
        using (ours)
        {
            SpawnedProcess child;
            using (theirs)
                child = Spawn("cat", [], new() { Descriptors = { [0] = theirs, [1] = theirs } });
            using (child)
            {
                byte[] buffer = new byte[8];
                Writen(ours, "there"u8);
                Assert.Equal(5, Readn(ours, buffer.AsSpan(0, 5)));
                Shutdown(ours, SHUT_WR);
                Assert.Equal(0, Read(ours, buffer));
                Assert.Equal(0, Limit.Run(child.Wait).ExitStatus);
            }
        }
    }

    [Fact]
    public void Number_beyond_descriptor_limit_is_EBADF()
    {
        using Fd file = Open("/dev/null", O_RDWR);
        var failure = Assert.Throws<UnpException>(() => Spawn("true", [], new() { Descriptors = { [100_000_000] = file } }));
        Assert.Equal(Errno.EBADF, failure.Errno);
        Assert.Contains("descriptor 100000000 of the child", failure.Message);
    }

    [Fact]
    public void Invalid_descriptors_are_rejected()
    {
        using Fd file = Open("/dev/null", O_RDWR);
        Assert.Throws<ArgumentOutOfRangeException>(() => Spawn("true", [], new() { Descriptors = { [-1] = file } }));
        Assert.Throws<ArgumentNullException>(() => Spawn("true", [], new() { Descriptors = { [3] = null! } }));
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Spawn("true", [], new() { Descriptors = { [3] = file } }));
        using Fd never = Fd.Borrow(99_999);
        Assert.Equal(Errno.EBADF, Assert.Throws<UnpException>(() => Spawn("true", [], new() { Descriptors = { [3] = never } })).Errno);
    }

    [Fact]
    public void Spawn_needs_no_free_descriptor()
    {
        Assert.Equal(0, RunTrue());
        Pipe(out Fd read, out Fd write);
        using Fd input = read, end = write;
        using var full = new DescriptorLimit();
        Assert.Equal(0, RunTrue());
        using SpawnedProcess child = Spawn("/bin/cat", [], new() { Descriptors = { [0] = input } });
        Assert.Equal(Errno.EMFILE, Assert.Throws<UnpException>(() => child.Pidfd).Errno);
        child.Kill(SIGKILL);
        Assert.Equal(SIGKILL, child.Wait().TermSignal);

        static int RunTrue()
        {
            using SpawnedProcess child = Spawn("/bin/true", []);
            return child.Wait().ExitStatus;
        }
    }

    Fd File(string name) => Open(directory[name], O_RDWR | O_CREAT, S_IRUSR | S_IWUSR);
}
