using System.Diagnostics;
using System.Globalization;

namespace Unp.Net.Measuring;

/// <summary>
/// A process that is measured, or that measures: pinned to a core, spoken to in lines over standard input and output. All of them end when their standard
/// input does, so that none outlives this program however that ends.
/// </summary>
sealed class Child : IDisposable
{
    static readonly HashSet<Child> Living = [];

    readonly Process process;
    readonly Queue<string> complaints = new();

    Child(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, told) => Note(told.Data);
        process.BeginErrorReadLine();
        lock (Living)
            Living.Add(this);
    }

    /// <summary>How long an answer may take.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

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

            // A method's calls are counted for its last tier from the first on. By default only when no new method has come for a while, which on one busy
            // core is seconds later, in the middle of what is measured.
            Environment = { ["DOTNET_TC_CallCountingDelayMs"] = "0" },
        };

        // A new process, and each of its threads, is where the thread is that started it.
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

    /// <summary>Starts this program under another of its commands.</summary>
    internal static Child StartSelf(int core, params IEnumerable<string> arguments) =>
        Start(core, OwnCommand.Program, [.. OwnCommand.HostArguments, .. arguments]);

    /// <summary>SIGINT, if it still runs.</summary>
    internal void Interrupt()
    {
        if (!process.HasExited)
            _ = Libc.kill(Id, Libc.SIGINT);
    }

    internal void Tell(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    internal string Listen() => Listen(Patience);

    /// <summary>The next line that it says; an exception when it ends, fails or says nothing in time.</summary>
    internal string Listen(TimeSpan patience)
    {
        string? line;
        try
        {
            line = process.StandardOutput.ReadLineAsync().WaitAsync(patience).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            // Whatever it is asked next would wait as long.
            process.Kill();
            throw new BenchmarkException($"no answer in {patience.TotalSeconds} s");
        }
        if (line is null)
        {
            process.WaitForExit();
            throw new BenchmarkException($"ended with status {process.ExitCode}: {Complaint}");
        }
        return line.StartsWith("error", StringComparison.Ordinal) ? throw new BenchmarkException(line["error ".Length..]) : line;
    }

    internal string Ask(string line)
    {
        try
        {
            Tell(line);
        }
        catch (IOException)
        {
            // It has ended; Listen finds out why.
        }
        return Listen();
    }

    /// <summary>Asks, and takes the answer apart.</summary>
    internal double[] AskNumbers(string line) =>
        Numbers(Ask(line));

    /// <summary>Waits for the line of figures among others that are for readers.</summary>
    internal double[] ListenForFigures()
    {
        const string Start = "figures ";
        string line;
        do
            line = Listen();
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

    /// <summary>Ends those that still run, when this program is about to end.</summary>
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

    string Complaint
    {
        get
        {
            lock (complaints)
                return complaints.Count > 0 ? string.Join(" | ", complaints) : "it said nothing";
        }
    }

    void Note(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (complaints)
        {
            complaints.Enqueue(line.Trim());
            if (complaints.Count > 4)
                complaints.Dequeue();
        }
    }
}
