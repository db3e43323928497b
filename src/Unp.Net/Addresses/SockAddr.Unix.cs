using System.Runtime.CompilerServices;
using System.Text;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Unix domain addresses: a path, an abstract name (Linux) or unnamed (UNP 15.2, unix(7)).
public partial struct SockAddr
{
    /// <summary>Gets the maximum size of a new path or abstract name in bytes: 107 on Linux, 103 on the BSDs.</summary>
    /// <remarks>
    /// The limit leaves room for a NUL. Another program may have bound a path that fills the last byte too; it can be used to connect and
    /// send.
    /// </remarks>
    public static int MaxPathLength => SunPathSize - 1;

    static int PathOffset => Unsafe.SizeOf<sa_head>();

    static int SunPathSize =>
        (Target.IsLinux ? Unsafe.SizeOf<Abi.Linux.sockaddr_un>() : Unsafe.SizeOf<Abi.Bsd.sockaddr_un>()) - PathOffset;

    /// <summary>Creates the address of the Unix socket at a path.</summary>
    /// <remarks>
    /// Its length includes the NUL after the path, as in addresses from the kernel. The book's <c>SUN_LEN</c> does not count it.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The path is empty, longer than <see cref="MaxPathLength"/> bytes of UTF-8, or contains a NUL.
    /// </exception>
    public static SockAddr Unix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Unix(NativeText.GetBytes(path));
    }

    /// <summary>
    /// Works like <see cref="Unix(string)"/>, for a path that need not be UTF-8. The kernel accepts any bytes except NUL.
    /// </summary>
    /// <exception cref="ArgumentException">The path is empty, longer than <see cref="MaxPathLength"/> bytes, or contains a NUL.</exception>
    public static SockAddr Unix(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
            throw new ArgumentException("The path of a Unix socket must not be empty. Use UnixUnnamed for no path.", nameof(path));
        return UnixPath(path, nameof(path));
    }

    /// <summary>
    /// Creates an abstract address: a name outside the file system that disappears with its last socket (Linux, <c>unix(7)</c>).
    /// </summary>
    /// <param name="name">The name, of any bytes including NUL, without the zero byte that marks it as abstract.</param>
    /// <exception cref="ArgumentException">The name is longer than <see cref="MaxPathLength"/> bytes.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no abstract names.</exception>
    public static SockAddr UnixAbstract(ReadOnlySpan<byte> name) => UnixName(name, nameof(name));

    static SockAddr UnixName(ReadOnlySpan<byte> name, string parameter)
    {
        if (!Target.IsLinux)
            throw new PlatformNotSupportedException($"{Target.Name} has no abstract names of Unix sockets, only Linux has. Use a path.");
        if (name.Length > MaxPathLength)
            throw new ArgumentException(
                $"An abstract name must have at most {MaxPathLength} bytes, not {name.Length}: {Encoding.UTF8.GetString(name)}",
                parameter);

        SockAddr address = Unnamed(1 + name.Length);
        name.CopyTo(address.storage[(PathOffset + 1)..]);
        return address;
    }

    /// <inheritdoc cref="UnixAbstract(ReadOnlySpan{byte})"/>
    public static SockAddr UnixAbstract(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return UnixAbstract(NativeText.GetBytes(name));
    }

    /// <summary>Creates the address of an unbound Unix socket. If bind receives it, Linux chooses an abstract name (autobind).</summary>
    public static SockAddr UnixUnnamed() => Unnamed(0);

    /// <summary>Gets the path of a Unix address, or an abstract name as <c>"@name"</c>; empty for an unnamed address.</summary>
    /// <remarks>
    /// <c>ss(8)</c> and <c>lsof(8)</c> write abstract names in the same way. A byte that is not UTF-8 becomes U+DC80 to U+DCFF, which
    /// <see cref="Unix(string)"/> converts back to that byte.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The address is not a Unix address.</exception>
    public readonly string Path =>
        Family != AF_UNIX ? throw Without("path")
        : IsAbstract ? "@" + NativeText.GetString(PathBytes[1..])
        : NativeText.GetString(PathBytes);

    /// <summary>Gets whether the address is a Unix address with an abstract name.</summary>
    public readonly bool IsAbstract => Family == AF_UNIX && PathBytes is [0, ..];

    /// <summary>Gets the bytes of a Unix address after the family; empty for an unnamed address.</summary>
    /// <remarks>They are a path without its NUL, or a zero byte and an abstract name.</remarks>
    /// <exception cref="InvalidOperationException">The address is not a Unix address.</exception>
    public readonly ReadOnlySpan<byte> PathBytes
    {
        [System.Diagnostics.CodeAnalysis.UnscopedRef]
        get
        {
            if (Family != AF_UNIX)
                throw Without("path");
            ReadOnlySpan<byte> bytes = Bytes[Math.Min(PathOffset, length)..];
            if (bytes is [0, ..])
                return Target.IsLinux ? bytes : default;
            int end = bytes.IndexOf((byte)0);
            return end < 0 ? bytes : bytes[..end];
        }
    }

    /// <summary>
    /// Normalises a path, so equal paths have equal bytes: one NUL follows it, or none if the path fills <c>sun_path</c>.
    /// </summary>
    /// <remarks>For a path of 108 bytes Linux reports a length of 111, but connect and sendto accept at most 110.</remarks>
    void TrimPath()
    {
        int size = PathBytes.Length;
        if (!IsAbstract && size <= SunPathSize)
            SetLength(PathOffset + (size == 0 ? 0 : Math.Min(size + 1, SunPathSize)));
    }

    static SockAddr UnixPath(ReadOnlySpan<byte> path, string parameter)
    {
        if (path.Length > MaxPathLength)
        {
            string text = NativeText.GetString(path);
            throw new ArgumentException(
                $"The path of a Unix socket must have at most {MaxPathLength} bytes, not {path.Length}: {text}", parameter);
        }
        if (path.Contains((byte)0))
            throw new ArgumentException($"The path must not contain a NUL: {NativeText.GetString(path).Replace("\0", "\\0")}", parameter);

        SockAddr address = Unnamed(path.Length + 1);
        path.CopyTo(address.storage[PathOffset..]);
        return address;
    }

    static SockAddr Unnamed(int pathSize)
    {
        SockAddr address = default;
        address.length = PathOffset + pathSize;
        address.Head = new sa_head(AF_UNIX, address.length);
        return address;
    }
}
