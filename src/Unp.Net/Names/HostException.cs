using System.Net.Sockets;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The exception for a failed older host lookup (<see cref="gethostbyname"/>, <see cref="gethostbyaddr"/>). They have their own errors,
/// <c>h_errno</c>, apart from <c>errno</c> (UNP 11.3).
/// </summary>
/// <remarks>It is a <see cref="SocketException"/> with the codes of .NET's resolver: HostNotFound, TryAgain, NoRecovery, NoData.</remarks>
public sealed class HostException : SocketException
{
    /// <summary>Creates the exception for the failure of a function.</summary>
    /// <param name="error">The <c>h_errno</c>: HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA.</param>
    /// <param name="function">The C name of the function that failed: <c>"gethostbyname"</c>.</param>
    /// <param name="host">The requested host.</param>
    public HostException(int error, string function, string host)
        : base((int)Code(error))
    {
        Error = error;
        Function = function;
        Host = host;
        Message = $"{function} error for {host}: {hstrerror(error)}";
    }

    /// <summary>Gets the <c>h_errno</c>.</summary>
    public int Error { get; }

    /// <summary>Gets the C name of the function that failed: <c>"gethostbyname"</c>.</summary>
    public string Function { get; }

    /// <summary>Gets the requested host.</summary>
    public string Host { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>Gets the same code as <see cref="Error"/>.</summary>
    public override int ErrorCode => Error;

    static SocketError Code(int error) =>
        error == HOST_NOT_FOUND ? SocketError.HostNotFound
        : error == TRY_AGAIN ? SocketError.TryAgain
        : error == NO_DATA ? SocketError.NoData
        : SocketError.NoRecovery;
}
