using System.Globalization;
using System.Text;

namespace Unp.Net.Tests.Processes;

/// <summary>Starts programs for tests, and reads the state of this process's children from the kernel.</summary>
static class Children
{
    /// <summary>Runs a program until it ends. Returns its standard output and its status.</summary>
    public static (string Output, WaitStatus Status) Run(
        string program, string[] arguments, SpawnOptions? options = null, bool? hasCloseFrom = null)
    {
        options ??= new();
        options.HasCloseFrom = hasCloseFrom;
        Pipe(out Fd read, out Fd write);
        using (read)
        {
            SpawnedProcess child;
            using (write)
            {
                options.Descriptors[1] = write;
                child = Spawn(program, arguments, options);
            }
            using (child)
            {
                string output = Limit.Run(() => ReadToEnd(read));
                return (output, Limit.Run(child.Wait));
            }
        }
    }

    /// <summary>Runs a shell script as <see cref="Run"/> does, and returns its output without the last newline.</summary>
    public static string Shell(string script, SpawnOptions? options = null, bool? hasCloseFrom = null)
    {
        var (output, status) = Run("/bin/sh", ["-c", script], options, hasCloseFrom);
        Assert.Equal("exit status 0", status.ToString());
        return output.TrimEnd('\n');
    }

    /// <summary>Starts a child that exits at once.</summary>
    public static SpawnedProcess Exit(int status) => Spawn("/bin/sh", ["-c", $"exit {status}"]);

    /// <summary>Starts a child that runs until its input is closed.</summary>
    public static SpawnedProcess Cat(out Fd input, int? group = null)
    {
        Pipe(out Fd read, out input);
        using (read)
        using (Fd nothing = Open("/dev/null", O_WRONLY))
            return Spawn("/bin/cat", [], new() { Descriptors = { [0] = read, [1] = nothing }, ProcessGroup = group });
    }

    public static string ReadToEnd(Fd fd) => Encoding.UTF8.GetString(TestData.ReadToEnd(fd));

    /// <summary>This process's children, including zombies.</summary>
    public static int[] All() =>
    [
            .. Directory.GetFileSystemEntries("/proc/self/task").SelectMany(Of)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture)).Order(),
    ];

    /// <summary>Waits until a child has ended and is a zombie.</summary>
    public static void UntilZombie(int pid) => Limit.Until(() => Proc.State(pid) == 'Z', $"process {pid} has ended");

    static string[] Of(string task)
    {
        try
        {
            return File.ReadAllText(System.IO.Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // the thread has ended
        }
    }
}
