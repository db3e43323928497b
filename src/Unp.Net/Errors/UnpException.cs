using System.Net.Sockets;

namespace Unp.Net;

/// <summary>The exception for a failed system call or function of the book.</summary>
/// <remarks>
/// <para>The message has the form of the book's <c>err_sys</c>, <c>bind error: Address already in use</c>, followed by the rejected address
/// or path if there is one.</para>
/// <para>It is a <see cref="SocketException"/>, so code that checks <see cref="SocketException.SocketErrorCode"/> keeps working. If
/// <see cref="SocketError"/> has no member for an error, the code is <see cref="SocketError.SocketError"/>; <see cref="Errno"/> always has
/// the error.</para>
/// </remarks>
public sealed class UnpException : SocketException
{
    /// <summary>Creates the exception for the failure of a function, with the standard message.</summary>
    /// <param name="errno">The error that the call reported.</param>
    /// <param name="function">The C name of the function that failed: <c>"bind"</c>, <c>"tcp_connect"</c>.</param>
    /// <param name="subject">The address or path of the call, or null.</param>
    public UnpException(Errno errno, string function, string? subject = null)
        : this(errno, function, $"{function} error: {errno.Message}{InParentheses(subject)}", 0)
    {
    }

    /// <summary>Creates the exception for the failure of a function that has transferred some bytes, with a custom message.</summary>
    /// <param name="errno">The error that the call reported.</param>
    /// <param name="function">The C name of the function that failed: <c>"send"</c>.</param>
    /// <param name="message">The complete message.</param>
    /// <param name="bytesTransferred">The number of bytes transferred before the failure.</param>
    public UnpException(Errno errno, string function, string message, long bytesTransferred)
        : base((int)SocketErrors.FromErrno(errno), message)
    {
        Errno = errno;
        Function = function;
        BytesTransferred = bytesTransferred;
        Message = message;
    }

    static string InParentheses(string? subject) =>
        subject is null ? "" : subject is ['(', .., ')'] ? $" {subject}" : $" ({subject})";

    /// <summary>Gets the error number that the kernel reported.</summary>
    public Errno Errno { get; }

    /// <summary>Gets the C name of the function that failed: <c>"accept"</c>, <c>"tcp_listen"</c>.</summary>
    public string Function { get; }

    /// <summary>
    /// Gets the number of bytes that a function such as <see cref="Libunp.Writen"/> or <see cref="Libunp.Readn"/> had transferred before it
    /// failed.
    /// </summary>
    /// <remarks>Bytes that were read are in the caller's buffer. Bytes that were written are already sent.</remarks>
    public long BytesTransferred { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>Gets the same number as <see cref="Errno"/>.</summary>
    public override int ErrorCode => Errno.Value;
}
