namespace Unp.Net;

/// <summary>The exception that ends a program with a status, caught by <see cref="UnpProgram.Run(Action)"/>.</summary>
/// <remarks>
/// The book's <c>err_sys</c>, <c>err_quit</c> and <c>err_dump</c> throw it instead of calling <c>exit(3)</c>, so <c>using</c> blocks close
/// their descriptors.
/// </remarks>
/// <param name="status">The exit status for the parent, 0 to 255.</param>
/// <param name="message">The message that was printed on standard error.</param>
/// <param name="aborts">Whether the program ends by SIGABRT, with a core file if the system writes one, as <c>err_dump</c> does.</param>
public sealed class ExitException(int status, string message, bool aborts = false) : Exception(message)
{
    /// <summary>Gets the exit status for the parent, 0 to 255.</summary>
    public int Status { get; } = status;

    /// <summary>Gets whether the program ends by SIGABRT instead, as <c>err_dump</c> does.</summary>
    public bool Aborts { get; } = aborts;
}
