using System.Net.Sockets;

namespace Unp.Net;

/// <summary>
/// A system call, or a function of the book, failed. The message reads as the book's <c>err_sys</c> prints it, <c>bind error: Address already
/// in use</c>, followed by the address or path that was refused where there is one.
/// </summary>
/// <remarks>
/// It is a <see cref="SocketException"/>, so that code which looks at <see cref="SocketException.SocketErrorCode"/> keeps working; an error that
/// <see cref="SocketError"/> has no member for reads <see cref="SocketError.SocketError"/> there, and whole in <see cref="Errno"/>.
/// </remarks>
public sealed class UnpException : SocketException
{
    /// <summary>Describes the failure of <paramref name="function"/> with <paramref name="errno"/>.</summary>
    /// <param name="errno">The error the call reported.</param>
    /// <param name="function">The C name of what failed: <c>"bind"</c>, <c>"tcp_connect"</c>.</param>
    /// <param name="subject">What it failed for (an address, a path), or null.</param>
    public UnpException(Errno errno, string function, string? subject = null)
        : this(errno, function, subject is null ? $"{function} error: {errno.Message}" : $"{function} error: {errno.Message} ({subject})", 0)
    {
    }

    /// <summary>Describes the failure of a function that had moved some bytes, in words of the caller's own.</summary>
    /// <param name="errno">The error the call reported.</param>
    /// <param name="function">The C name of what failed: <c>"send"</c>.</param>
    /// <param name="message">The whole of <see cref="Message"/>.</param>
    /// <param name="bytesTransferred">What <see cref="BytesTransferred"/> says.</param>
    public UnpException(Errno errno, string function, string message, long bytesTransferred)
        : base((int)SocketErrors.FromErrno(errno), message)
    {
        Errno = errno;
        Function = function;
        BytesTransferred = bytesTransferred;
        Message = message;
    }

    /// <summary>The error number, as the kernel gave it.</summary>
    public Errno Errno { get; }

    /// <summary>The C name of the function that failed: <c>"accept"</c>, <c>"tcp_listen"</c>.</summary>
    public string Function { get; }

    /// <summary>
    /// How many bytes a function that transfers many (<see cref="Libunp.Writen"/>, <see cref="Libunp.Readn"/>) had moved when it failed: those
    /// read are in the caller's buffer, those written are on their way.
    /// </summary>
    public long BytesTransferred { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>The error number, as <see cref="Errno"/> has it.</summary>
    public override int ErrorCode => Errno.Value;
}
