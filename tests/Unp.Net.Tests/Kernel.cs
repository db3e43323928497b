using System.Globalization;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests;

/// <summary>The kernel's view of a descriptor.</summary>
static class Kernel
{
    public static int Number(SafeHandle fd) => int.CreateChecked(fd.DangerousGetHandle());

    /// <summary>Returns whether the number is open. The runtime may reuse a closed number, unless <see cref="Apart"/> chose it.</summary>
    public static bool IsOpen(int number) => fcntl(number, F_GETFD) >= 0;

    /// <summary>A number far above the lowest free ones, which the kernel assigns first, and at least 100 below the limit.</summary>
    public static int Far => Math.Min(800, DescriptorLimit.Now * 3 / 4);

    /// <summary>
    /// Moves a descriptor to a number far above the lowest free ones, which the kernel assigns first. After it is closed, the number stays
    /// free until a test reserves it with <see cref="Take"/>.
    /// </summary>
    public static Fd Apart(Fd fd)
    {
        using (fd)
            return Take(Far, fd);
    }

    /// <summary>Duplicates a descriptor to the number, or to the next free one.</summary>
    public static Fd Take(int number, SafeHandle fd) => new(Fcntl(fd, F_DUPFD_CLOEXEC, number));

    /// <summary>Returns the open file's path, or a text such as <c>pipe:[4711]</c>.</summary>
    public static string Path(SafeHandle fd) => new FileInfo($"/proc/self/fd/{Number(fd)}").LinkTarget!;

    public static bool IsCloseOnExec(SafeHandle fd) => fcntl(Number(fd), F_GETFD) == FD_CLOEXEC;

    public static bool IsNonBlocking(SafeHandle fd) => (fcntl(Number(fd), F_GETFL) & O_NONBLOCK) != 0;

    public static void SetNonBlocking(SafeHandle fd) => Fcntl(fd, F_SETFL, Fcntl(fd, F_GETFL) | O_NONBLOCK);

    /// <summary>
    /// Sets a time-out that never expires, because then Linux does not restart an interrupted call but reports EINTR (signal(7)).
    /// </summary>
    public static void MakeInterruptible(SafeHandle fd) => SetTimeouts(fd, seconds: 60);

    public static void SetTimeouts(SafeHandle fd, long seconds = 0, long microseconds = 0)
    {
        var timeout = new timeval(seconds, microseconds);
        Setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, timeout);
        Setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, timeout);
    }

    /// <summary>Sets the smallest buffers that the kernel allows, so even little data takes many calls.</summary>
    public static void ShrinkBuffers(SafeHandle fd)
    {
        Setsockopt(fd, SOL_SOCKET, SO_SNDBUF, 1);
        Setsockopt(fd, SOL_SOCKET, SO_RCVBUF, 1);
    }

    /// <summary>Returns the number of bytes that can be read at once.</summary>
    public static int Waiting(SafeHandle fd)
    {
        int waiting = 0;
        Ioctl(fd, FIONREAD, ref waiting);
        return waiting;
    }

    /// <summary>Returns a line of /proc/self/fdinfo.</summary>
    public static string Info(SafeHandle fd, string key) =>
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{Number(fd)}"))
            .Single(line => line.StartsWith(key + ":", StringComparison.Ordinal))[(key.Length + 1)..].Trim();
}
