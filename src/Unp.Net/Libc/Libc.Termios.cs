using System.Runtime.InteropServices;

namespace Unp.Net;

// <termios.h>
public static unsafe partial class Libc
{
    /// <summary><c>tcgetattr(3)</c>: reads the settings of a terminal.</summary>
    /// <returns>0, or -1: ENOTTY (not a terminal), EBADF.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/tcgetattr.3.html">tcgetattr(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcgetattr(int fd, termios* termios_p);

    /// <inheritdoc cref="tcgetattr(int, termios*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcgetattr(SafeHandle fd, termios* termios_p);

    /// <summary><c>tcsetattr(3)</c>: changes the settings of a terminal.</summary>
    /// <param name="fd">The terminal.</param>
    /// <param name="optional_actions">TCSANOW, TCSADRAIN or TCSAFLUSH.</param>
    /// <param name="termios_p">The new settings, usually changed ones from <see cref="tcgetattr(int, termios*)"/>.</param>
    /// <returns>
    /// 0 if at least one change succeeded, or -1: ENOTTY (not a terminal), EINTR, EINVAL, EIO (a background process), EBADF.
    /// </returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/tcsetattr.3.html">tcsetattr(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcsetattr(int fd, int optional_actions, termios* termios_p);

    /// <inheritdoc cref="tcsetattr(int, int, termios*)"/>
    [LibraryImport(LibraryName, SetLastError = true)]
    public static partial int tcsetattr(SafeHandle fd, int optional_actions, termios* termios_p);

    /// <summary>
    /// <c>cfmakeraw(3)</c>: changes settings to raw mode: bytes pass unchanged and immediately in both directions, and none raises a
    /// signal.
    /// </summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/cfmakeraw.3.html">cfmakeraw(3)</seealso>
    [LibraryImport(LibraryName)]
    public static partial void cfmakeraw(termios* termios_p);
}
