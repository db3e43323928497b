using System.Diagnostics;
using System.Globalization;

namespace Unp.Net.Measuring;

/// <summary>
/// A measured or measuring process, pinned to a core. It exchanges lines over standard input and output. Each child ends with its standard
/// input, so none outlives this program.
/// </summary>
sealed class Child : IDisposable
{
    static readonly HashSet<Child> Living = [];

    readonly Process process;
    readonly Queue<string> errorLines = new();

    Child(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, line) => RecordError(line.Data);
        process.BeginErrorReadLine();
        lock (Living)
            Living.Add(this);
    }

    /// <summary>The time limit of an answer.</summary>
    internal static TimeSpan AnswerTimeout { get; } = TimeSpan.FromSeconds(30);

    internal int Id => process.Id;

    internal long CpuNanoseconds => Native.ProcessCpuNanoseconds(Id);

    /// <summary>Starts a program on a core.</summary>
    internal static Child Start(int core, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // Calls of a method count toward the JIT's last tier from the start. By default they count only after no new method has been
            // compiled for a while. On a busy core that is seconds later, in the middle of the measurement.
            Environment = { ["DOTNET_TC_CallCountingDelayMs"] = "0" },
        };

        // A new process and its threads inherit the affinity of the thread that starts them.
        int[] before = Native.Cores();
        Native.Pin(core);
        try
        {
            return new Child(Process.Start(start)!);
        }
        finally
        {
            Native.Pin(before);
        }
    }

    /// <summary>Starts this program with another of its commands.</summary>
    internal static Child StartSelf(int core, params IEnumerable<string> arguments) =>
        Start(core, OwnCommand.Program, [.. OwnCommand.HostArguments, .. arguments]);

    /// <summary>Sends SIGINT if the process still runs.</summary>
    internal void Interrupt()
    {
        if (!process.HasExited)
            _ = Libc.kill(Id, Libc.SIGINT);
    }

    internal void Send(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    internal string ReadLine() => ReadLine(AnswerTimeout);

    /// <summary>Reads the next line. Throws if the process ends, fails or does not answer in time.</summary>
    internal string ReadLine(TimeSpan timeout)
    {
        string? line;
        try
        {
            line = process.StandardOutput.ReadLineAsync().WaitAsync(timeout).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            // The next request would also time out.
            process.Kill();
            throw new BenchmarkException($"no answer within {timeout.TotalSeconds} s");
        }
        if (line is null)
        {
            process.WaitForExit();
            throw new BenchmarkException($"ended with status {process.ExitCode}: {ErrorText}");
        }
        return line.StartsWith("error", StringComparison.Ordinal) ? throw new BenchmarkException(line["error ".Length..]) : line;
    }

    internal string Ask(string line)
    {
        try
        {
            Send(line);
        }
        catch (IOException)
        {
            // The process has ended. ReadLine reports the reason.
        }
        return ReadLine();
    }

    /// <summary>Sends a request and parses the numbers of its answer.</summary>
    internal double[] AskNumbers(string line) =>
        Numbers(Ask(line));

    /// <summary>Waits for the line of figures, and skips lines for human readers.</summary>
    internal double[] ReadFigures()
    {
        const string Start = "figures ";
        string line;
        do
            line = ReadLine();
        while (!line.StartsWith(Start, StringComparison.Ordinal));
        return Numbers(line[Start.Length..]);
    }

    public void Dispose()
    {
        lock (Living)
            Living.Remove(this);
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Ends all running children before this program ends.</summary>
    internal static void EndAll()
    {
        lock (Living)
        {
            foreach (Child child in Living)
            {
                if (!child.process.HasExited)
                    child.process.Kill();
            }
            Living.Clear();
        }
    }

    static double[] Numbers(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    string ErrorText
    {
        get
        {
            lock (errorLines)
                return errorLines.Count > 0 ? string.Join(" | ", errorLines) : "no error output";
        }
    }

    void RecordError(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (errorLines)
        {
            errorLines.Enqueue(line.Trim());
            if (errorLines.Count > 4)
                errorLines.Dequeue();
        }
    }
}
