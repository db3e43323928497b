using System.Runtime.InteropServices;

namespace Unp.Net;

// <termios.h>
public static unsafe partial class Libc
{
    /// <summary><c>tcgetattr(3)</c>: what a terminal does with its input and output.</summary>
    /// <returns>0, or -1: ENOTTY (not a terminal), EBADF.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcgetattr(int fd, termios* termios_p);

    /// <inheritdoc cref="tcgetattr(int, termios*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcgetattr(SafeHandle fd, termios* termios_p);

    /// <summary><c>tcsetattr(3)</c>: has a terminal do something else.</summary>
    /// <param name="fd">The terminal.</param>
    /// <param name="optional_actions">TCSANOW, TCSADRAIN or TCSAFLUSH.</param>
    /// <param name="termios_p">What <see cref="tcgetattr(int, termios*)"/> has told, changed.</param>
    /// <returns>0, if any of it could be done, or -1: ENOTTY (not a terminal), EINTR, EINVAL, EIO (a background process), EBADF.</returns>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcsetattr(int fd, int optional_actions, termios* termios_p);

    /// <inheritdoc cref="tcsetattr(int, int, termios*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcsetattr(SafeHandle fd, int optional_actions, termios* termios_p);

    /// <summary><c>cfmakeraw(3)</c>: every byte as it is, at once, in either direction, and none of them sends a signal.</summary>
    [LibraryImport(LibraryName)]
    public static partial void cfmakeraw(termios* termios_p);
}
