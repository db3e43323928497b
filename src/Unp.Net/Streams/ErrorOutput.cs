using System.Runtime.CompilerServices;

namespace Unp.Net;

/// <summary>The destination of error messages: standard error, unless a daemon has replaced it.</summary>
static class ErrorOutput
{
    static volatile Action<int, string>? log;

    /// <summary>Gets or sets the function that receives the level and the line instead of standard error, or null.</summary>
    internal static Action<int, string>? Log
    {
        get => log;
        set => log = value;
    }

    /// <summary>Prints a line on standard error, or sends it to the log.</summary>
    /// <param name="level">LOG_ERR, LOG_INFO... for the log.</param>
    /// <param name="line">The line, without a newline.</param>
    internal static void Print(int level, string line)
    {
        if (log is { } send)
        {
            send(level, line);
            return;
        }
        FlushConsole();
        MessageWriter.StandardError.WriteLine(line);
    }

    /// <summary>Flushes a buffered <see cref="Console.Out"/>.</summary>
    /// <remarks>
    /// A failure is ignored, because a message must not end the program. For example, the disk is full, or no descriptor is free for the
    /// console's first use.
    /// </remarks>
    internal static void FlushConsole()
    {
        Errno errno = Errno.Last;
        try
        {
            Flush();
        }
        catch (Exception)
        {
            // The output is lost, as in C.
        }
        Errno.Last = errno;

        // A separate method, so a failure to load an assembly is thrown at its call, inside the try block.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void Flush() => Console.Out.Flush();
    }
}
