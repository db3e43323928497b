using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>The C library's texts for the errors of getaddrinfo.</summary>
static unsafe class GaiText
{
    /// <summary><c>gai_strerror(3)</c>; for EAI_SYSTEM the text of <see cref="Errno.Last"/>, which says more.</summary>
    internal static string Message(int error) =>
        error == Libc.EAI_SYSTEM ? Errno.Last.Message : Marshal.PtrToStringUTF8((nint)Libc.gai_strerror(error)) ?? $"EAI {error}";
}
