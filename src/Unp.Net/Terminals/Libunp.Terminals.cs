using System.Runtime.InteropServices;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>
    /// Makes a pseudo-terminal (<c>openpty(3)</c>, by <c>posix_openpt</c>, <c>grantpt</c> and <c>unlockpt</c>): what is written to one side is typed at the
    /// other, or printed there. Both descriptors are close-on-exec, and neither becomes this process's controlling terminal.
    /// </summary>
    /// <param name="master">The side of who plays the terminal. On Linux a read fails with EIO once nobody has the slave open any more.</param>
    /// <param name="slave">The side of the program that uses it.</param>
    /// <param name="size">Its size; null: 0 rows of 0 columns, for "unknown".</param>
    /// <exception cref="UnpException">EAGAIN or ENOSPC (there are too many), EMFILE, ENFILE, ENOENT or EACCES (no devpts is mounted).</exception>
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
    /// Starts a program on a pseudo-terminal of its own (<c>forkpty(3)</c>, and what its child does next): a session that it leads, whose controlling
    /// terminal is its standard input, output and error, so that ^C and the end of the terminal (SIGHUP) reach it.
    /// </summary>
    /// <remarks>The parent has the master side alone: when it closes that, the session is hung up.</remarks>
    /// <param name="master">The master side: what the program prints is read from it. On Linux a read fails with EIO once all who have the terminal are gone.</param>
    /// <param name="program">As of <see cref="Spawn"/>.</param>
    /// <param name="arguments">As of <see cref="Spawn"/>.</param>
    /// <param name="size">The terminal's size; null: unknown.</param>
    /// <param name="options">As of <see cref="Spawn"/>; its terminal is the new one, and descriptors 0, 1 and 2 of the child are that.</param>
    /// <returns>The child.</returns>
    /// <exception cref="UnpException">As of <see cref="Openpty"/> and <see cref="Spawn"/>. Nothing is left open then.</exception>
    /// <exception cref="ArgumentException">As of <see cref="Spawn"/>; descriptors 0, 1 or 2, a process group or another terminal are asked for.</exception>
    /// <exception cref="PlatformNotSupportedException">FreeBSD cannot start a new session.</exception>
    public static SpawnedProcess Forkpty(
        out Fd master, string program, IReadOnlyList<string> arguments, winsize? size = null, SpawnOptions? options = null)
    {
        options ??= new();
        if (options.Terminal is { } other)
            throw new ArgumentException($"The child gets a new terminal, and not {other}.", nameof(options));
        Fd made = Posix_openpt();
        try
        {
            // Open until the child has it, as the size may go with the last who has.
            using Fd? sized = size is null ? null : OpenSlave(made, size);
            SpawnedProcess child = Spawn(program, arguments, options.On(Ptsname(made)));
            master = made;
            return child;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary><c>ptsname(3)</c>: the path of a pseudo-terminal's slave side, from its master.</summary>
    /// <exception cref="UnpException">ENOTTY (EINVAL on the BSDs): not a master.</exception>
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

    /// <summary><c>tcgetwinsize(3)</c>: a terminal's size, from either side of a pseudo-terminal.</summary>
    /// <exception cref="UnpException">ENOTTY (not a terminal), EBADF.</exception>
    public static winsize Tcgetwinsize(SafeHandle fd)
    {
        Check(fd);
        winsize size;
        return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size : throw Failed("tcgetwinsize");
    }

    /// <summary>
    /// <c>tcsetwinsize(3)</c>: sets a terminal's size, from either side of a pseudo-terminal. When it is another than before, its foreground process group
    /// gets SIGWINCH.
    /// </summary>
    /// <exception cref="UnpException">ENOTTY (not a terminal), EBADF.</exception>
    public static void Tcsetwinsize(SafeHandle fd, winsize size)
    {
        Check(fd);
        if (ioctl(fd, TIOCSWINSZ, &size) < 0)
            throw Failed("tcsetwinsize");
    }

    /// <summary><c>tcgetattr(3)</c>: what a terminal does with its input and output.</summary>
    /// <exception cref="UnpException">ENOTTY (not a terminal), EBADF.</exception>
    public static termios Tcgetattr(SafeHandle fd)
    {
        Check(fd);
        termios attributes;
        return tcgetattr(fd, &attributes) == 0 ? attributes : throw Failed("tcgetattr");
    }

    /// <summary><c>tcsetattr(3)</c>: has a terminal do something else.</summary>
    /// <param name="fd">The terminal.</param>
    /// <param name="action">TCSANOW, TCSADRAIN or TCSAFLUSH.</param>
    /// <param name="attributes">What <see cref="Tcgetattr"/> has told, changed.</param>
    /// <exception cref="UnpException">ENOTTY (not a terminal), EINVAL (no such action), EIO, EBADF.</exception>
    public static void Tcsetattr(SafeHandle fd, int action, termios attributes)
    {
        Check(fd);
        while (tcsetattr(fd, action, &attributes) < 0)
        {
            if (Errno.Last != Errno.EINTR)
                throw Failed("tcsetattr");
        }
    }

    /// <summary>
    /// Makes a terminal raw (<c>cfmakeraw(3)</c>): every byte passes as it is, at once, is not echoed, and sends no signal. What it did before is returned, to be
    /// given to <see cref="Tcsetattr"/> at the end.
    /// </summary>
    /// <exception cref="UnpException">ENOTTY (not a terminal), EIO, EBADF.</exception>
    public static termios Tty_raw(SafeHandle fd)
    {
        termios before = Tcgetattr(fd);
        termios raw = before;
        cfmakeraw(&raw);
        Tcsetattr(fd, TCSAFLUSH, raw);
        return before;
    }

    /// <summary>The master side of a new pseudo-terminal, whose slave can be opened.</summary>
    static Fd Posix_openpt()
    {
        int number = posix_openpt(O_RDWR | O_NOCTTY | (OperatingSystem.IsMacOS() ? 0 : O_CLOEXEC));
        if (number < 0)
            throw Failed("posix_openpt");
        Fd master = Own(number);
        try
        {
            if (grantpt(master) < 0)
                throw Failed("grantpt");
            if (unlockpt(master) < 0)
                throw Failed("unlockpt");
            return master;
        }
        catch
        {
            master.Dispose();
            throw;
        }
    }

    /// <summary>The slave side, with a size: on macOS the master side has none before the slave is open.</summary>
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
