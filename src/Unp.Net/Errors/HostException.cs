using System.Net.Sockets;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>
/// The older host look-ups (<see cref="gethostbyname"/>, <see cref="gethostbyaddr"/>) found nothing: they have errors of their own, <c>h_errno</c>, apart
/// from <c>errno</c> (section 11.3).
/// </summary>
/// <remarks>It is a <see cref="SocketException"/> with the codes that .NET's resolver gives: HostNotFound, TryAgain, NoRecovery, NoData.</remarks>
public sealed class HostException : SocketException
{
    /// <summary>Describes the failure of <paramref name="function"/> for <paramref name="host"/>.</summary>
    /// <param name="error">The <c>h_errno</c>: HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA.</param>
    /// <param name="function">The C name of what failed: <c>"gethostbyname"</c>.</param>
    /// <param name="host">The host that was looked for.</param>
    public HostException(int error, string function, string host)
        : base((int)Code(error))
    {
        Error = error;
        Message = $"{function} error for {host}: {hstrerror(error)}";
    }

    /// <summary>The <c>h_errno</c>.</summary>
    public int Error { get; }

    /// <inheritdoc/>
    public override string Message { get; }

    /// <summary>The error, as <see cref="Error"/> has it.</summary>
    public override int ErrorCode => Error;

    static SocketError Code(int error) =>
        error == HOST_NOT_FOUND ? SocketError.HostNotFound
        : error == TRY_AGAIN ? SocketError.TryAgain
        : error == NO_DATA ? SocketError.NoData
        : SocketError.NoRecovery;
}
