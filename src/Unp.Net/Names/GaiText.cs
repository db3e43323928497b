using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>The C library's messages for the errors of getaddrinfo.</summary>
static unsafe class GaiText
{
    /// <summary>
    /// Returns the message of an EAI_* code (<c>gai_strerror(3)</c>). For EAI_SYSTEM it is that of <see cref="Errno.Last"/>.
    /// </summary>
    internal static string Message(int error) =>
        error == Libc.EAI_SYSTEM ? Errno.Last.Message : Marshal.PtrToStringUTF8((nint)Libc.gai_strerror(error)) ?? $"EAI {error}";
}
