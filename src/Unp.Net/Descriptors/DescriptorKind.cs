using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>The kinds of descriptors that are read in fixed-size records.</summary>
/// <remarks>
/// The kind is checked before the first read, because a read from another kind would consume its bytes, and the records of two kinds look
/// alike.
/// </remarks>
enum DescriptorKind : byte
{
    /// <summary>The kernel was not asked yet, or does not report the kind.</summary>
    Unknown,

    Other,
    Eventfd,
    Timerfd,
    Signalfd,
}

static class DescriptorKinds
{
    /// <summary>
    /// Returns whether a descriptor is of the kind, or of unknown kind. Otherwise sets <see cref="Errno.Last"/> to EINVAL.
    /// </summary>
    /// <remarks><see cref="Fd"/> caches the kind, so later calls cost nothing.</remarks>
    internal static bool Is(SafeHandle fd, DescriptorKind kind)
    {
        DescriptorKind known = fd is Fd { Kind: not DescriptorKind.Unknown } own ? own.Kind : Ask(fd);
        if (known == kind || known == DescriptorKind.Unknown)
            return true;
        Errno.Last = Errno.EINVAL;
        return false;
    }

    /// <summary>Creates the exception for a call that has just failed. Its message reports a descriptor of the wrong kind.</summary>
    internal static UnpException Failed(string function, SafeHandle fd, DescriptorKind kind)
    {
        Errno error = Errno.Last;
        if (error != Errno.EINVAL || Is(fd, kind))
            return new UnpException(error, function, Libunp.NameOf(fd), printed: null);
        return new UnpException(error, function, $"{Libunp.NameOf(fd)} is not {Names[(int)kind]}");
    }

    /// <summary>Returns a timer's clock; null if the system does not report it or the descriptor is not a timer.</summary>
    internal static int? ClockOf(SafeHandle fd)
    {
        const string Mark = "clockid: ";
        if (!Target.IsLinux || !TryRead(fd, static number => File.ReadAllText($"/proc/self/fdinfo/{number}"), out string? facts))
            return null;
        string? line = facts.Split('\n').FirstOrDefault(line => line.StartsWith(Mark, StringComparison.Ordinal));
        return line is null ? null : int.Parse(line.AsSpan(Mark.Length), System.Globalization.CultureInfo.InvariantCulture);
    }

    static readonly string[] Names = ["", "", "an eventfd", "a timerfd", "a signalfd"];

    /// <summary>Asks the kernel for the kind; Unknown where it does not report it (no /proc, FreeBSD).</summary>
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
