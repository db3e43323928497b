using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>The <c>struct flock</c> of the current system.</summary>
[StructLayout(LayoutKind.Explicit)]
struct FlockForm
{
    [FieldOffset(0)] Abi.Linux.flock linux;
    [FieldOffset(0)] Abi.Darwin.flock darwin;
    [FieldOffset(0)] Abi.FreeBsd.flock freebsd;

    /// <exception cref="ArgumentOutOfRangeException">A member of <paramref name="record"/> does not fit into 16 bits.</exception>
    internal FlockForm(in RecordLock record)
    {
        short type = Short(record.Type, nameof(RecordLock.Type), nameof(record));
        short whence = Short(record.Whence, nameof(RecordLock.Whence), nameof(record));
        if (Target.IsLinux)
        {
            linux = new()
            {
                l_type = type,
                l_whence = whence,
                l_start = record.Start,
                l_len = record.Length,
                l_pid = record.ProcessId,
            };
        }
        else
        {
            // The layouts of macOS and FreeBSD differ only in FreeBSD's last member.
            freebsd = new()
            {
                l_start = record.Start,
                l_len = record.Length,
                l_pid = record.ProcessId,
                l_type = type,
                l_whence = whence,
            };
        }
    }

    static short Short(int value, string member, string parameter) =>
        value is >= short.MinValue and <= short.MaxValue ? (short)value
        : throw new ArgumentOutOfRangeException(
            parameter, value, $"RecordLock.{member} {value} does not fit into the 16 bits of struct flock.");

    internal readonly RecordLock Value => Target.IsLinux
        ? new(linux.l_type, linux.l_start, linux.l_len, linux.l_whence, linux.l_pid)
        : new(darwin.l_type, darwin.l_start, darwin.l_len, darwin.l_whence, darwin.l_pid);
}
