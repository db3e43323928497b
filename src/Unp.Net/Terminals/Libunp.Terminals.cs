using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Creates a pseudo-terminal (<c>openpty(3)</c>, with <c>posix_openpt</c>, <c>grantpt</c> and <c>unlockpt</c>). Data written to the
    /// master is input of the slave; data written to the slave can be read from the master. Both descriptors are close-on-exec, and neither
    /// becomes this process's controlling terminal.
    /// </summary>
    /// <param name="master">
    /// The side that plays the terminal. On Linux a read fails with EIO after the last process has closed the slave.
    /// </param>
    /// <param name="slave">The side of the program that uses the terminal.</param>
    /// <param name="size">The size of the terminal; null is 0 rows and 0 columns, which means unknown.</param>
    /// <exception cref="UnpException">
    /// EAGAIN or ENOSPC: too many terminals; EMFILE, ENFILE; ENOENT or EACCES: no devpts is mounted.
    /// </exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/openpty.3.html">openpty(3)</seealso>
    public static void Openpty(out Fd master, out Fd slave, winsize? size = null)
    {
        Fd made = Posix_openpt();
        try
        {
            slave = OpenSlave(made, size);
        }
        catch
        {
            made.Dispose();
            throw;
        }
        master = made;
    }

    /// <summary>
    /// Starts a program on a new pseudo-terminal (<c>forkpty(3)</c>, followed by <c>execv</c>). The child leads a new session whose
    /// controlling terminal is its standard input, output and error. So ^C and the hang-up of the terminal (SIGHUP) reach it.
    /// </summary>
    /// <remarks>Only the parent has the master side, so closing it hangs up the session.</remarks>
    /// <param name="master">
    /// The master side, from which the output of the program is read. On Linux a read fails with EIO after the last process has closed the
    /// terminal.
    /// </param>
    /// <param name="program">The program, as in <see cref="Spawn"/>.</param>
    /// <param name="arguments">The arguments, as in <see cref="Spawn"/>.</param>
    /// <param name="size">The size of the terminal; null is unknown.</param>
    /// <param name="options">
    /// The options, as in <see cref="Spawn"/>. The child's terminal and its descriptors 0, 1 and 2 are the new terminal.
    /// </param>
    /// <returns>The child.</returns>
    /// <exception cref="UnpException">The errors of <see cref="Openpty"/> and <see cref="Spawn"/>. No descriptor is left open.</exception>
    /// <exception cref="ArgumentException">
    /// The errors of <see cref="Spawn"/>; the options contain descriptors 0, 1 or 2, a process group or another terminal.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD cannot start a new session.</exception>
    /// <example>
    /// <code>
    /// using SpawnedProcess shell = Forkpty(out Fd master, "sh", ["-c", "tty"]);
    /// try
    /// {
    ///     int n;
    ///     while ((n = Read(master, buffer)) > 0)
    ///         Console.Write(System.Text.Encoding.UTF8.GetString(buffer, 0, n));
    /// }
    /// catch (UnpException e) when (e.Errno == Errno.EIO)
    /// {
    ///     // Linux reports the end of a terminal so.
    /// }
    /// shell.Wait();
    /// master.Dispose();
    /// </code>
    /// </example>
    /// <seealso href="https://man7.org/linux/man-pages/man3/forkpty.3.html">forkpty(3)</seealso>
    public static SpawnedProcess Forkpty(
        out Fd master, string program, IReadOnlyList<string> arguments, winsize? size = null, SpawnOptions? options = null)
    {
        options ??= new();
        if (options.Terminal is { } other)
        {
            throw new ArgumentException(
                $"SpawnOptions.Terminal must be null, not {other}, because the child gets a new terminal.", nameof(options));
        }
        Fd made = Posix_openpt();
        try
        {
            // Keep the slave open until the child has it, because some systems reset the size when the last descriptor is closed.
            using Fd? sized = size is null ? null : OpenSlave(made, size);
            SpawnedProcess child = Spawn(program, arguments, options with { Terminal = Ptsname(made) });
            master = made;
            return child;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary><c>ptsname(3)</c>: returns the path of the slave side, given the master side of a pseudo-terminal.</summary>
    /// <exception cref="UnpException">ENOTTY (EINVAL on the BSDs): not a master.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/ptsname.3.html">ptsname(3)</seealso>
    public static string Ptsname(SafeHandle master)
    {
        Check(master);
        Span<byte> path = stackalloc byte[128];
        fixed (byte* p = path)
        {
            int error = ptsname_r(master, p, (nuint)path.Length);
            if (error != 0)
                throw new UnpException(error > 0 ? new Errno(error) : Errno.Last, "ptsname", $"{master}");
        }
        return NativeText.GetString(path[..path.IndexOf((byte)0)]);
    }

    /// <summary><c>tcgetwinsize(3)</c>: returns the size of a terminal, from either side of a pseudo-terminal.</summary>
    /// <exception cref="UnpException">ENOTTY: not a terminal; EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl_tty.2.html">ioctl_tty(2)</seealso>
    public static winsize Tcgetwinsize(SafeHandle fd)
    {
        Check(fd);
        winsize size;
        return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size : throw Failed("tcgetwinsize", fd);
    }

    /// <summary>
    /// <c>tcsetwinsize(3)</c>: sets the size of a terminal, from either side of a pseudo-terminal. If the size changes, the foreground
    /// process group gets SIGWINCH.
    /// </summary>
    /// <exception cref="UnpException">ENOTTY: not a terminal; EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl_tty.2.html">ioctl_tty(2)</seealso>
    public static void Tcsetwinsize(SafeHandle fd, winsize size)
    {
        Check(fd);
        if (ioctl(fd, TIOCSWINSZ, &size) < 0)
            throw Failed("tcsetwinsize", fd);
    }

    /// <summary><c>tcgetattr(3)</c>: returns the attributes of a terminal, which control its input and output.</summary>
    /// <exception cref="UnpException">ENOTTY: not a terminal; EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/tcgetattr.3.html">tcgetattr(3)</seealso>
    public static termios Tcgetattr(SafeHandle fd)
    {
        Check(fd);
        termios attributes;
        return tcgetattr(fd, &attributes) == 0 ? attributes : throw Failed("tcgetattr", fd);
    }

    /// <summary><c>tcsetattr(3)</c>: sets the attributes of a terminal.</summary>
    /// <param name="fd">The terminal.</param>
    /// <param name="action">TCSANOW, TCSADRAIN or TCSAFLUSH.</param>
    /// <param name="attributes">The attributes, usually a changed result of <see cref="Tcgetattr"/>.</param>
    /// <exception cref="UnpException">ENOTTY: not a terminal; EINVAL: unknown action; EIO, EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/tcsetattr.3.html">tcsetattr(3)</seealso>
    public static void Tcsetattr(SafeHandle fd, int action, termios attributes)
    {
        Check(fd);
        while (tcsetattr(fd, action, &attributes) < 0)
        {
            if (Errno.Last != Errno.EINTR)
                throw Failed("tcsetattr", fd);
        }
    }

    /// <summary>
    /// Makes a terminal raw (<c>cfmakeraw(3)</c>): each byte is passed unchanged and at once, is not echoed, and sends no signal. Pass the
    /// result to <see cref="Tcsetattr"/> to restore the terminal.
    /// </summary>
    /// <returns>The previous attributes.</returns>
    /// <exception cref="UnpException">ENOTTY: not a terminal; EIO, EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man3/cfmakeraw.3.html">cfmakeraw(3)</seealso>
    public static termios MakeRaw(SafeHandle fd)
    {
        termios before = Tcgetattr(fd);
        termios raw = before;
        cfmakeraw(&raw);
        Tcsetattr(fd, TCSAFLUSH, raw);
        return before;
    }

    /// <summary>Creates a pseudo-terminal and returns its master side, whose slave side can be opened.</summary>
    static Fd Posix_openpt()
    {
        int number = posix_openpt(O_RDWR | O_NOCTTY | (Target.IsMacOS ? 0 : O_CLOEXEC));
        if (number < 0)
            throw Failed("posix_openpt");
        Fd master = Own(number);
        try
        {
            if (grantpt(master) < 0)
                throw Failed("grantpt", master);
            if (unlockpt(master) < 0)
                throw Failed("unlockpt", master);
            return master;
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>Opens the slave side and sets its size. On macOS the master side has no size before the slave side is open.</summary>
    static Fd OpenSlave(Fd master, winsize? size)
    {
        Fd slave = Open(Ptsname(master), O_RDWR | O_NOCTTY);
        try
        {
            if (size is { } known)
                Tcsetwinsize(slave, known);
            return slave;
        }
        catch
        {
            slave.Dispose();
            throw;
        }
    }
}
