using System.Net.Sockets;

namespace Unp.Net;

/// <summary>The exception for a failed system call or function of the book.</summary>
/// <remarks>
/// <para>The message has the form of the book's <c>err_sys</c>, followed by the <see cref="Subject"/> of the call:
/// <c>bind error: Address already in use (127.0.0.1:80)</c>, <c>recv error: Connection reset by peer (fd 5)</c>.</para>
/// <para>It is a <see cref="SocketException"/>, so code that checks <see cref="SocketException.SocketErrorCode"/> keeps working. If
/// <see cref="SocketError"/> has no member for an error, the code is <see cref="SocketError.SocketError"/>; <see cref="Errno"/> always has
/// the error.</para>
/// </remarks>
/// <example>
/// <code>
/// try
/// {
///     Bind(fd, address);
/// }
/// catch (UnpException e) when (e.Errno == Errno.EADDRINUSE)
/// {
///     Console.WriteLine(e.Message);            // bind error: Address already in use (127.0.0.1:9877)
/// }
/// </code>
/// </example>
public sealed class UnpException : SocketException
{
    /// <summary>Creates the exception for the failure of a function.</summary>
    /// <param name="errno">The error that the call reported.</param>
    /// <param name="function">The C name of the function that failed: <c>"bind"</c>, <c>"tcp_connect"</c>.</param>
    /// <param name="subject">The address, path or descriptor of the call, or null.</param>
    /// <param name="bytesTransferred">The number of bytes transferred before the failure.</param>
    public UnpException(Errno errno, string function, string? subject = null, long bytesTransferred = 0)
        : this(Text(errno, function, subject), errno, function, bytesTransferred)
    {
        Subject = subject;
    }

    /// <summary>Creates the exception with a message of another form.</summary>
    internal UnpException(string message, Errno errno, string function, long bytesTransferred = 0)
        : base((int)SocketErrors.FromErrno(errno), message)
    {
        Errno = errno;
        Function = function;
        BytesTransferred = bytesTransferred;
        Message = BookMessage = message;
    }

    /// <summary>Creates the exception for a call of which the book's programs print only a part of the subject, or none.</summary>
    /// <param name="errno">The error that the call reported.</param>
    /// <param name="function">The C name of the function that failed.</param>
    /// <param name="subject">The subject in the message.</param>
    /// <param name="printed">The subject in <see cref="BookMessage"/>, or null.</param>
    /// <param name="bytesTransferred">The number of bytes transferred before the failure.</param>
    internal UnpException(Errno errno, string function, string subject, string? printed, long bytesTransferred = 0)
        : this(Text(errno, function, subject), errno, function, bytesTransferred)
    {
        Subject = subject;
        BookMessage = Text(errno, function, printed);
    }

    /// <summary>Gets the error number that the kernel reported.</summary>
    public Errno Errno { get; }

    /// <summary>Gets the C name of the function that failed: <c>"accept"</c>, <c>"tcp_listen"</c>.</summary>
    public string Function { get; }

    /// <summary>
    /// Gets the object of the call: an address, a path, or a descriptor such as <c>"fd 5"</c>. It is null if the call has none, or if the
    /// whole message was given.
    /// </summary>
    public string? Subject { get; }

    /// <summary>
    /// Gets the number of bytes that a function such as <see cref="Libunp.Writen"/> or <see cref="Libunp.Readn"/> had transferred before it
    /// failed.
    /// </summary>
    /// <remarks>Bytes that were read are in the caller's buffer. Bytes that were written are already sent.</remarks>
    public long BytesTransferred { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>
    /// The line that <see cref="UnpProgram.Run(Action)"/> prints. The book's programs print no descriptor numbers, so it has none.
    /// </summary>
    internal string BookMessage { get; }

    /// <summary>Gets the same number as <see cref="Errno"/>.</summary>
    public override int ErrorCode => Errno.Value;

    static string Text(Errno errno, string function, string? subject) =>
        $"{function} error: {errno.Message}{InParentheses(subject)}";

    static string InParentheses(string? subject) =>
        subject is null ? "" : subject is ['(', .., ')'] ? $" {subject}" : $" ({subject})";
}
