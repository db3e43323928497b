using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Descriptors that this process was started with, as a variable of its environment says.</summary>
static class InheritedDescriptors
{
    /// <summary>The first number after the standard ones.</summary>
    internal const int First = STDERR_FILENO + 1;

    /// <summary>
    /// Takes over so many descriptors, and makes them close-on-exec; all or none. The variable may be an old one, or another program's, so
    /// the numbers may be those of files that the runtime has opened. Those are close-on-exec, and what came through exec is not.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="function">What fails.</param>
    /// <param name="variable">The variable with its value, for the message.</param>
    /// <param name="mustBeSocket">Which of them, from 0, must be sockets; null: none.</param>
    /// <exception cref="UnpException">EBADF: a descriptor is not open, or this process has opened it itself; ENOTSOCK.</exception>
    internal static Fd[] Take(int count, string function, string variable, Func<int, bool>? mustBeSocket = null)
    {
        for (long number = First; number < (long)First + count; number++)
        {
            int flags = fcntl((int)number, F_GETFD);
            string subject = $"{variable}: descriptor {number}";
            if (flags < 0)
                throw new UnpException(Errno.EBADF, function, $"{subject} is not open");
            if ((flags & FD_CLOEXEC) != 0)
                throw new UnpException(Errno.EBADF, function, $"{subject} is not from the parent, it was opened in this process");
            if (mustBeSocket?.Invoke((int)number - First) == true && FileType(Fd.Borrow((int)number)) != S_IFSOCK)
                throw new UnpException(Errno.ENOTSOCK, function, subject);
        }
        Fd[] descriptors = [.. Enumerable.Range(First, count).Select(number => new Fd(number))];
        foreach (Fd descriptor in descriptors)
            Libunp.Fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        return descriptors;
    }
}
