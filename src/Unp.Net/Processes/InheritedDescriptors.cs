using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>The descriptors that this process inherited, as an environment variable states.</summary>
static class InheritedDescriptors
{
    /// <summary>The first number after the standard ones.</summary>
    internal const int First = STDERR_FILENO + 1;

    /// <summary>
    /// Takes ownership of a number of descriptors and makes them close-on-exec; all or none. The variable may be outdated or meant for
    /// another program, so the numbers may belong to files that the runtime opened. Such files are close-on-exec, but inherited descriptors
    /// are not.
    /// </summary>
    /// <param name="count">The number of descriptors.</param>
    /// <param name="function">The function, for the exception.</param>
    /// <param name="variable">The variable with its value, for the message.</param>
    /// <param name="mustBeSocket">Whether the descriptor of an index from 0 must be a socket; null checks none.</param>
    /// <exception cref="UnpException">EBADF: a descriptor is not open, or this process opened it itself; ENOTSOCK.</exception>
    internal static Fd[] Take(int count, string function, string variable, Func<int, bool>? mustBeSocket = null)
    {
        for (long number = First; number < (long)First + count; number++)
        {
            int flags = fcntl((int)number, F_GETFD);
            string subject = $"{variable}: descriptor {number}";
            if (flags < 0)
                throw new UnpException(Errno.EBADF, function, $"{subject} is not open");
            if ((flags & FD_CLOEXEC) != 0)
                throw new UnpException(Errno.EBADF, function, $"{subject} was not inherited, this process opened it itself");
            if (mustBeSocket?.Invoke((int)number - First) == true && FileType(Fd.Borrow((int)number)) != S_IFSOCK)
                throw new UnpException(Errno.ENOTSOCK, function, subject);
        }
        Fd[] descriptors = [.. Enumerable.Range(First, count).Select(number => new Fd(number))];
        foreach (Fd descriptor in descriptors)
            Libunp.Fcntl(descriptor, F_SETFD, FD_CLOEXEC);
        return descriptors;
    }
}
