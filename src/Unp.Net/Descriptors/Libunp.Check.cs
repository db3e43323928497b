using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unp.Net;

public static partial class Libunp
{
    /// <summary>Throws if the descriptor is null or closed, because the kernel may have reused its number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(SafeHandle fd, [CallerArgumentExpression(nameof(fd))] string name = "")
    {
        if (fd is null || fd.IsClosed)
            ThrowUnusable(fd, name);
    }

    static void ThrowUnusable(SafeHandle? fd, string name)
    {
        ArgumentNullException.ThrowIfNull(fd, name);
        throw new ObjectDisposedException(fd is Fd ? fd.ToString() : $"{fd.GetType().Name} {fd.DangerousGetHandle()} (closed)");
    }

    /// <summary>Throws if the buffer is empty, because a result of 0 would then look like end of file.</summary>
    static void CheckRoom(Span<byte> buffer, [CallerArgumentExpression(nameof(buffer))] string name = "")
    {
        if (buffer.IsEmpty)
            throw new ArgumentException("The buffer must not be empty, because a result of 0 means end of file.", name);
    }
}
