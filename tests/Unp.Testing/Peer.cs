using System.Diagnostics;
using System.Text;
using Unp.Net;
using Xunit;

namespace Unp.Testing;

/// <summary>How a program ended and what it printed.</summary>
/// <param name="Status">The exit status, or 128 + the signal that ended the program.</param>
/// <param name="Output">Standard output, one character per byte.</param>
/// <param name="Error">Standard error.</param>
public sealed record Outcome(int Status, string Output, string Error);

/// <summary>Another program that a test talks to. Each operation has a time limit.</summary>
public sealed class Peer : IDisposable
{
    readonly Process process;
    readonly string name;

    Peer(Process process, string name)
    {
        this.process = process;
        this.name = name;
    }

    /// <summary>Gets the process id.</summary>
    public int Id => process.Id;

    /// <summary>Starts a program. Skips the test if it is not installed (<c>tests/run</c> installs it).</summary>
    public static Peer Start(string program, params string[] arguments) => Start(program, null, arguments);

    /// <inheritdoc cref="Start(string, string[])"/>
    public static Peer Start(string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        Require(program);
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Encoding.Latin1,
            StandardOutputEncoding = Encoding.Latin1,
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        return new Peer(Process.Start(start)!, $"{program} {string.Join(' ', arguments)}");
    }

    /// <summary>Skips the test if a program is not installed.</summary>
    public static void Require(string program) =>
        Assert.SkipUnless(Find(program) is not null, $"{program} is not installed; tests/run installs it on Debian");

    /// <summary>Returns the program's path, or null.</summary>
    public static string? Find(string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
                .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    /// <summary>
    /// Writes to standard input, one byte per character. If the program has ended, the text is dropped, because the exit status reports the
    /// end.
    /// </summary>
    public Peer Type(string text) => Feed(input =>
    {
        input.Write(text);
        input.Flush();
    });

    /// <summary>Closes standard input.</summary>
    public Peer EndInput() => Feed(input => input.Close()); // may throw, because Close writes again what could not be written

    Peer Feed(Action<StreamWriter> act)
    {
        try
        {
            act(process.StandardInput);
        }
        catch (IOException) when (process.WaitForExit(Limit.Default))
        {
            // The program has ended and cannot read.
        }
        return this;
    }

    /// <summary>Reads the next line of standard output, without newline. Null at the end.</summary>
    public string? ReadLine() => Task.Run(process.StandardOutput.ReadLine).Within();

    /// <summary>Reads the next line of standard error, without newline. Null at the end.</summary>
    public string? ReadErrorLine() => Task.Run(process.StandardError.ReadLine).Within();

    /// <summary>Reads the rest of standard output.</summary>
    public string ReadToEnd() => Task.Run(process.StandardOutput.ReadToEnd).Within();

    /// <summary>Reads the rest of standard error.</summary>
    public string ReadErrorToEnd() => Task.Run(process.StandardError.ReadToEnd).Within();

    /// <summary>Closes standard input and waits for the end. Returns the status and the unread output.</summary>
    public Outcome Finish()
    {
        Task<string> error = Task.Run(process.StandardError.ReadToEnd);
        EndInput();
        string output = ReadToEnd();
        return new Outcome(WaitForExit(), output, error.Within());
    }

    /// <summary>Waits for the end and returns the status, or 128 + the signal that ended the program.</summary>
    public int WaitForExit()
    {
        if (!process.WaitForExit(Limit.Default))
            throw new TimeoutException($"{name} (process {Id}) has not ended after {Limit.Default.TotalSeconds} seconds.");
        return process.ExitCode;
    }

    /// <summary>Whether the first thread sleeps. A short sleep between two steps counts, too.</summary>
    public bool IsAsleep => Proc.State(Id) == 'S';

    /// <summary>Waits until the program is idle: its first thread sleeps in 200 consecutive checks.</summary>
    public void WaitUntilAsleep()
    {
        const int Looks = 200;
        Limit.Until(() => Enumerable.Range(0, Looks).All(_ => IsAsleep), $"{name} waits");
    }

    /// <summary>Waits until the first thread sleeps in one of these system calls.</summary>
    /// <param name="systemCalls">The names: <c>"recvfrom"</c>, <c>"write"</c>...</param>
    public Peer WaitUntilIn(params string[] systemCalls)
    {
        int[] numbers = [.. systemCalls.SelectMany(SystemCalls.Numbers)];
        Limit.Until(
            () => process.HasExited || numbers.Contains(SystemCalls.Current($"/proc/{Id}/task/{Id}")),
            $"{name} sleeps in {string.Join(" or ", systemCalls)}");
        return process.HasExited ? throw new InvalidOperationException($"{name} has ended instead of blocking.") : this;
    }

    /// <summary>Sends a signal to the first thread only.</summary>
    public Peer KillFirstThread(int signal)
    {
        Assert.Equal(0, SystemCalls.tgkill(Id, Id, signal));
        return this;
    }

    /// <summary>Sends a signal.</summary>
    public Peer Kill(int signal)
    {
        _ = Libc.kill(Id, signal);
        return this;
    }

    /// <summary>Sends SIGSTOP and waits until every thread is stopped.</summary>
    public Peer Stop()
    {
        Kill(Libc.SIGSTOP);
        Limit.Until(() => Proc.IsStopped(Id), $"{name} stopped");
        return this;
    }

    /// <summary>Kills the program if it still runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit(Limit.Default);

        // Process.Dispose leaves used streams open until the garbage collector finalizes them.
        process.StandardInput.BaseStream.Dispose();
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        process.Dispose();
    }
}
