using System.Runtime.CompilerServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Returns whether a call failed only because a signal interrupted it, so the caller repeats it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Interrupted(nint result) => result < 0 && Errno.Last == Errno.EINTR;

    /// <summary>Creates the exception for a call that has just failed.</summary>
    static UnpException Failed(string function, string? subject = null) => new(Errno.Last, function, subject);

    /// <inheritdoc cref="Failed(string, string?)"/>
    static UnpException Failed(string function, ErrMessage subject)
    {
        var (text, errno) = subject.Finish();
        return new UnpException(errno, function, text);
    }

    static UnpException Failed(string function, long bytesTransferred) =>
        new(Errno.Last, function, $"{function} error: {Errno.Last.Message}", bytesTransferred);

    static UnpException Failed(string function, string subject, long bytesTransferred) =>
        new(Errno.Last, function, $"{function} error: {Errno.Last.Message} ({subject})", bytesTransferred);
}
