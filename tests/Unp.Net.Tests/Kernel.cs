using System.Globalization;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests;

/// <summary>What the kernel says of a descriptor, asked by its number.</summary>
static class Kernel
{
    public static int Number(SafeHandle fd) => int.CreateChecked(fd.DangerousGetHandle());

    /// <summary>Whether anything has this number. The runtime may take one that was just closed, but not one from <see cref="Apart"/>.</summary>
    public static bool IsOpen(int number) => fcntl(number, F_GETFD) >= 0;

    /// <summary>A number far from those that are given out, lowest first, and 100 at least below the limit.</summary>
    public static int Far => Math.Min(800, DescriptorLimit.Now * 3 / 4);

    /// <summary>
    /// Moves a descriptor to a number far from those that are given out, lowest first: once closed it stays free until a test takes it by
    /// <see cref="Take"/>.
    /// </summary>
    public static Fd Apart(Fd fd)
    {
        using (fd)
            return Take(Far, fd);
    }

    /// <summary>A copy that has this number, or the next that is free.</summary>
    public static Fd Take(int number, SafeHandle fd) => new(Fcntl(fd, F_DUPFD_CLOEXEC, number));

    /// <summary>What is open there: a path, or <c>pipe:[4711]</c>.</summary>
    public static string Path(SafeHandle fd) => new FileInfo($"/proc/self/fd/{Number(fd)}").LinkTarget!;

    public static bool IsCloseOnExec(SafeHandle fd) => fcntl(Number(fd), F_GETFD) == FD_CLOEXEC;

    public static bool IsNonBlocking(SafeHandle fd) => (fcntl(Number(fd), F_GETFL) & O_NONBLOCK) != 0;

    public static void SetNonBlocking(SafeHandle fd) => Fcntl(fd, F_SETFL, Fcntl(fd, F_GETFL) | O_NONBLOCK);

    /// <summary>With a time-out, even one that never runs out, Linux does not restart a call that a signal interrupts: it says EINTR (signal(7)).</summary>
    public static void MakeInterruptible(SafeHandle fd) => SetTimeouts(fd, seconds: 60);

    public static void SetTimeouts(SafeHandle fd, long seconds = 0, long microseconds = 0)
    {
        var timeout = new timeval(seconds, microseconds);
        Setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, timeout);
        Setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, timeout);
    }

    /// <summary>Buffers as small as the kernel allows, so that it takes many calls to move a little.</summary>
    public static void ShrinkBuffers(SafeHandle fd)
    {
        Setsockopt(fd, SOL_SOCKET, SO_SNDBUF, 1);
        Setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 1);
    }

    /// <summary>Bytes that can be read at once.</summary>
    public static int Waiting(SafeHandle fd)
    {
        int waiting = 0;
        Ioctl(fd, FIONREAD, ref waiting);
        return waiting;
    }

    /// <summary>A line of /proc/self/fdinfo.</summary>
    public static string Info(SafeHandle fd, string key) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{Number(fd)}"))
            .Single(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim();
}
