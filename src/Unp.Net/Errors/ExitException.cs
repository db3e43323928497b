namespace Unp.Net;

/// <summary>
/// Ends a program with a status: what the book's <c>err_sys</c>, <c>err_quit</c> and <c>err_dump</c> throw in place of calling
/// <c>exit(3)</c>, so that every descriptor on the way up is closed. Caught by <see cref="UnpProgram.Run(Action)"/>.
/// </summary>
/// <param name="status">The exit status for the parent, 0 to 255.</param>
/// <param name="message">What was printed on standard error before.</param>
/// <param name="abort">Whether to end by SIGABRT, with a core file where the system writes them, as <c>err_dump</c> does.</param>
public sealed class ExitException(int status, string message, bool abort = false) : Exception(message)
{
    /// <summary>The exit status for the parent, 0 to 255.</summary>
    public int Status { get; } = status;

    /// <summary>Whether the program ends by SIGABRT instead, as <c>err_dump</c> does.</summary>
    public bool Abort { get; } = abort;
}
