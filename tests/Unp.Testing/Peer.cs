using System.Diagnostics;
using System.Text;
using Unp.Net;
using Xunit;

namespace Unp.Testing;

/// <summary>How a program ended, and what it printed.</summary>
/// <param name="Status">The exit status; 128 + the signal where one ended it.</param>
/// <param name="Output">Standard output, a character for each byte.</param>
/// <param name="Error">Standard error.</param>
public sealed record Outcome(int Status, string Output, string Error);

/// <summary>Another program that a test talks to: started, fed, read and stopped, each with a time limit.</summary>
public sealed class Peer : IDisposable
{
    readonly Process process;
    readonly string name;

    Peer(Process process, string name)
    {
        this.process = process;
        this.name = name;
    }

    /// <summary>The process.</summary>
    public int Id => process.Id;

    /// <summary>Starts a program. The test is skipped where it is not installed, which <c>tests/run</c> sees to.</summary>
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

    /// <summary>Skips the test when a program is not installed.</summary>
    public static void Require(string program) =>
        Assert.SkipUnless(Find(program) is not null, $"{program} is not installed; tests/run installs it on Debian");

    /// <summary>The program's path, or null.</summary>
    public static string? Find(string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? File.Exists(program) ? program : null
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
                .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);

    /// <summary>Writes to its standard input, a byte for each character. A program that has ended reads none of it: how it ended, its status tells.</summary>
    public Peer Type(string text) => Feed(input =>
    {
        input.Write(text);
        input.Flush();
    });

    /// <summary>Ends its standard input.</summary>
    public Peer EndInput() => Feed(input => input.Close()); // which writes once more what could not be written

    Peer Feed(Action<StreamWriter> act)
    {
        try
        {
            act(process.StandardInput);
        }
        catch (IOException) when (process.WaitForExit(Limit.Default))
        {
            // Nobody is there to read it.
        }
        return this;
    }

    /// <summary>The next line of its standard output, without newline; null at the end.</summary>
    public string? ReadLine() => Task.Run(process.StandardOutput.ReadLine).Within();

    /// <summary>The next line of its standard error, without newline; null at the end.</summary>
    public string? ReadErrorLine() => Task.Run(process.StandardError.ReadLine).Within();

    /// <summary>The rest of its standard output.</summary>
    public string ReadToEnd() => Task.Run(process.StandardOutput.ReadToEnd).Within();

    /// <summary>The rest of its standard error.</summary>
    public string ReadErrorToEnd() => Task.Run(process.StandardError.ReadToEnd).Within();

    /// <summary>Ends its standard input and waits for its end: its status, and what it printed that was not read yet.</summary>
    public Outcome Finish()
    {
        Task<string> error = Task.Run(process.StandardError.ReadToEnd);
        EndInput();
        string output = ReadToEnd();
        return new Outcome(WaitForExit(), output, error.Within());
    }

    /// <summary>Waits for its end and gives its status, 128 + the signal where one ended it.</summary>
    public int WaitForExit()
    {
        if (!process.WaitForExit(Limit.Default))
            throw new TimeoutException($"{name} (process {Id}) has not ended after {Limit.Default.TotalSeconds} seconds.");
        return process.ExitCode;
    }

    /// <summary>Whether its first thread sleeps, of one that waits for something: a short sleep between two steps is one too.</summary>
    public bool IsAsleep => Proc.State(Id) == 'S';

    /// <summary>Waits until it waits: its first thread sleeps each time that one looks.</summary>
    public void WaitUntilAsleep()
    {
        const int Looks = 200;
        Limit.Until(() => Enumerable.Range(0, Looks).All(_ => IsAsleep), $"{name} waits");
    }

    /// <summary>Sends it a signal.</summary>
    public Peer Kill(int signal)
    {
        _ = Libc.kill(Id, signal);
        return this;
    }

    /// <summary>Stops it by SIGSTOP, and waits until each of its threads is.</summary>
    public Peer Stop()
    {
        Kill(Libc.SIGSTOP);
        Limit.Until(() => Proc.IsStopped(Id), $"{name} stopped");
        return this;
    }

    /// <summary>Kills it if it still runs.</summary>
    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit(Limit.Default);

        // Process.Dispose leaves streams open that were used, until the garbage collector finds them.
        process.StandardInput.BaseStream.Dispose();
        process.StandardOutput.Dispose();
        process.StandardError.Dispose();
        process.Dispose();
    }
}
