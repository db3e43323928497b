using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Returns whether a call failed only because a signal interrupted it, so the caller repeats it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Interrupted(nint result) => result < 0 && Errno.Last == Errno.EINTR;

    /// <summary>Creates the exception for a call that has just failed.</summary>
    internal static UnpException Failed(string function, string? subject = null) => new(Errno.Last, function, subject);

    /// <inheritdoc cref="Failed(string, string?)"/>
    internal static UnpException Failed(string function, ErrMessage subject)
    {
        var (text, errno) = subject.Finish();
        return new UnpException(errno, function, text);
    }

    /// <inheritdoc cref="Failed(string, string?)"/>
    internal static UnpException Failed(string function, SafeHandle fd, long bytesTransferred = 0) =>
        new(Errno.Last, function, NameOf(fd), printed: null, bytesTransferred);

    /// <inheritdoc cref="Failed(string, string?)"/>
    static UnpException Failed(string function, SafeHandle from, SafeHandle to, long bytesTransferred = 0) =>
        new(Errno.Last, function, $"{NameOf(from)} to {NameOf(to)}", printed: null, bytesTransferred);

    /// <summary>Returns the descriptor as error messages name it, open or closed: <c>"fd 5"</c>.</summary>
    internal static string NameOf(SafeHandle fd) => $"fd {fd.DangerousGetHandle()}";
}
