using System.Runtime.InteropServices;
using static Unp.Net.Libc;

namespace Unp.Net;

public static unsafe partial class Libunp
{
    /// <summary>Performs a command on a descriptor, with an integer argument or none (<c>fcntl(2)</c>).</summary>
    /// <remarks>To duplicate a descriptor use <see cref="Dup"/>, because the number that F_DUPFD returns has no owner.</remarks>
    /// <returns>The result of the command: flags for F_GETFL and F_GETFD, 0 for commands that set a value.</returns>
    /// <exception cref="UnpException">EBADF, EINVAL, EAGAIN, EPERM.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cmd"/> takes a <see cref="RecordLock"/>.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</seealso>
    public static int Fcntl(SafeHandle fd, int cmd, int arg = 0)
    {
        Check(fd);
        if (IsLockCommand(cmd))
            throw new ArgumentOutOfRangeException(nameof(cmd), cmd, "The command is a lock command. Pass a RecordLock, not a number.");
        int result;
        do
            result = fcntl(fd, cmd, arg);
        while (Interrupted(result));

        // F_GETOWN returns a process group as a negative number, with an errno of 0.
        return result >= 0 || Errno.Last.Value == 0 ? result : throw Failed("fcntl", fd);
    }

    /// <summary>Sets or clears O_NONBLOCK, so calls fail with EAGAIN instead of blocking, or block again (UNP 16.2).</summary>
    /// <param name="fd">Any descriptor. Its duplicates share the flag, also in other processes.</param>
    /// <param name="on">Whether the descriptor becomes non-blocking.</param>
    /// <returns>Whether the descriptor was non-blocking before the call.</returns>
    /// <exception cref="UnpException">EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/fcntl.2.html">fcntl(2)</seealso>
    public static bool SetNonBlocking(SafeHandle fd, bool on = true)
    {
        int flags = Fcntl(fd, F_GETFL);
        bool was = (flags & O_NONBLOCK) != 0;
        if (was != on)
            Fcntl(fd, F_SETFL, flags ^ O_NONBLOCK);
        return was;
    }

    /// <summary>Performs a request with an integer that it reads or fills: FIONREAD, FIONBIO, SIOCATMARK (<c>ioctl(2)</c>).</summary>
    /// <exception cref="UnpException">ENOTTY, EINVAL, EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</seealso>
    public static int Ioctl(SafeHandle fd, nuint request, ref int value) =>
        Ioctl(fd, request, MemoryMarshal.AsBytes(new Span<int>(ref value)));

    /// <summary>Performs a request with a structure that it reads or fills (<c>ioctl(2)</c>).</summary>
    /// <remarks>
    /// The request determines the size of the structure. If it is larger than the argument, the rest is zero on input and is dropped on
    /// output.
    /// </remarks>
    /// <exception cref="UnpException">ENOTTY, EINVAL, EBADF.</exception>
    /// <seealso href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</seealso>
    public static int Ioctl(SafeHandle fd, nuint request, Span<byte> argument)
    {
        int result = TryIoctl(fd, request, argument);
        return result >= 0 ? result : throw Failed("ioctl", fd);
    }

    /// <summary>Performs a request like <see cref="Ioctl(SafeHandle, nuint, Span{byte})"/>, but returns -1 if it fails.</summary>
    internal static int TryIoctl(SafeHandle fd, nuint request, Span<byte> argument)
    {
        Check(fd);

        // The kernel does not know the size of the argument and may write past its end, so the buffer is large enough for any request.
        // Newer requests have their size in bits 16 to 29. Of the others, struct rtentry is the largest with 120 bytes.
        int needed = Math.Max(128, (int)(request >> 16) & 0x3FFF);
        Span<byte> buffer = argument.IsEmpty || argument.Length >= needed ? argument : stackalloc byte[needed];
        argument.CopyTo(buffer);
        int result;
        do
        {
            fixed (byte* p = buffer)
                result = ioctl(fd, request, p);
        }
        while (Interrupted(result));
        buffer[..argument.Length].CopyTo(argument);
        return result;
    }
}
