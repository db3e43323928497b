using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The kinds of descriptors that are read in records. A read of another kind would take bytes from it, and a record of another kind looks like one's own, so
/// the kind is known before the first read.
/// </summary>
enum DescriptorKind : byte
{
    /// <summary>Not asked yet.</summary>
    Unknown,

    Other,
    Eventfd,
    Timerfd,
    Signalfd,
}

static class DescriptorKinds
{
    /// <summary>Leaves EINVAL and returns false if a descriptor is of another kind. <see cref="Fd"/> remembers the answer, so later calls cost nothing.</summary>
    internal static bool Is(SafeHandle fd, DescriptorKind kind)
    {
        DescriptorKind known = fd is Fd { Kind: not DescriptorKind.Unknown } own ? own.Kind : Ask(fd);
        if (known == kind || known == DescriptorKind.Unknown)
            return true;
        Errno.Last = Errno.EINVAL;
        return false;
    }

    /// <summary>The exception for a call that just failed; it names a descriptor of another kind.</summary>
    internal static UnpException Failed(string function, SafeHandle fd, DescriptorKind kind)
    {
        Errno error = Errno.Last;
        bool isOther = error == Errno.EINVAL && !Is(fd, kind);
        return new UnpException(error, function, isOther ? $"{(fd is Fd ? fd : $"fd {fd.DangerousGetHandle()}")} is no {Names[(int)kind]}" : null);
    }

    /// <summary>A timer's clock, if the system tells it; null otherwise, and for what is no timer.</summary>
    internal static int? ClockOf(SafeHandle fd)
    {
        const string Mark = "clockid: ";
        if (!Target.IsLinux || !TryRead(fd, static number => File.ReadAllText($"/proc/self/fdinfo/{number}"), out string? facts))
            return null;
        string? line = facts.Split('\n').FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        return line is null ? null : int.Parse(line.AsSpan(Mark.Length), System.Globalization.CultureInfo.InvariantCulture);
    }

    static readonly string[] Names = ["", "", "eventfd", "timerfd", "signalfd"];

    /// <summary>Asks the kernel; Unknown where it does not tell (no /proc, FreeBSD).</summary>
    static DescriptorKind Ask(SafeHandle fd)
    {
        if (!Target.IsLinux || !TryRead(fd, static number => new FileInfo($"/proc/self/fd/{number}").LinkTarget, out string? target))
            return DescriptorKind.Unknown;
        DescriptorKind kind = target switch
        {
            "anon_inode:[eventfd]" => DescriptorKind.Eventfd,
            "anon_inode:[timerfd]" => DescriptorKind.Timerfd,
            "anon_inode:[signalfd]" => DescriptorKind.Signalfd,
            _ => DescriptorKind.Other,
        };
        if (fd is Fd own)
            own.Kind = kind;
        return kind;
    }

    static bool TryRead(SafeHandle fd, Func<int, string?> read, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        bool held = false;
        try
        {
            fd.DangerousAddRef(ref held);
            text = read((int)fd.DangerousGetHandle());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text = null;
        }
        finally
        {
            if (held)
                fd.DangerousRelease();
        }
        return text is not null;
    }
}
