using System.Runtime.CompilerServices;
using System.Text;
using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

// Unix domain addresses: a path, an abstract name (Linux), or nothing (unix(7); book 15.2).
public partial struct SockAddr
{
    /// <summary>
    /// The most bytes of a path or abstract name that is given here: 107 on Linux, 103 on the BSDs, which leaves room for the NUL. A path that another
    /// program bound may fill the last byte too, and can be connected and sent to.
    /// </summary>
    public static int MaxPathLength => SunPathSize - 1;

    static int PathOffset => Unsafe.SizeOf<sa_head>();

    static int SunPathSize => Target.IsLinux ? Unsafe.SizeOf<Abi.Linux.sockaddr_un>() - PathOffset : Unsafe.SizeOf<Abi.Bsd.sockaddr_un>() - PathOffset;

    /// <summary>
    /// The address of the unix socket at <paramref name="path"/>. Its length counts the NUL behind the path, as the kernel's own do; the book's
    /// <c>SUN_LEN</c> leaves that out.
    /// </summary>
    /// <exception cref="ArgumentException">It is empty, longer than <see cref="MaxPathLength"/> bytes of UTF-8, or has a NUL in it.</exception>
    public static SockAddr Unix(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Unix(NativeText.GetBytes(path));
    }

    /// <summary>As <see cref="Unix(string)"/>, for a path whose bytes need not be UTF-8: to the kernel it is bytes.</summary>
    /// <exception cref="ArgumentException">It is empty, longer than <see cref="MaxPathLength"/> bytes, or has a NUL in it.</exception>
    public static SockAddr Unix(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
            throw new ArgumentException("The path of a unix socket cannot be empty: that is UnixUnnamed.", nameof(path));
        return UnixPath(path, nameof(path));
    }

    /// <summary>A name outside the file system, gone with its last socket (Linux, unix(7)). It may hold any bytes, NUL too.</summary>
    /// <param name="name">The name without the zero byte that marks it as abstract.</param>
    /// <exception cref="ArgumentException">It is longer than <see cref="MaxPathLength"/> bytes.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no abstract names.</exception>
    public static SockAddr UnixAbstract(ReadOnlySpan<byte> name) => UnixName(name, nameof(name));

    static SockAddr UnixName(ReadOnlySpan<byte> name, string parameter)
    {
        if (!Target.IsLinux)
            throw new PlatformNotSupportedException($"Abstract unix socket names exist on Linux only, not on {Target.Name}: use a path.");
        if (name.Length > MaxPathLength)
            throw new ArgumentException($"An abstract name has at most {MaxPathLength} bytes, not {name.Length}: {Encoding.UTF8.GetString(name)}", parameter);

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

    /// <summary>The address of a unix socket that was never bound; given to bind, Linux chooses an abstract name (autobind).</summary>
    public static SockAddr UnixUnnamed() => Unnamed(0);

    /// <summary>
    /// A unix address's path; an abstract name as <c>"@name"</c>, the way <c>ss(8)</c> and <c>lsof(8)</c> write it; empty for an unnamed
    /// one. A byte that is not UTF-8 becomes U+DC80 to U+DCFF, which <see cref="Unix(string)"/> turns back into that byte.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not a unix address.</exception>
    public readonly string Path =>
        Family != AF_UNIX ? throw Without("path")
        : IsAbstract ? "@" + NativeText.GetString(PathBytes[1..])
        : NativeText.GetString(PathBytes);

    /// <summary>Whether this is a unix address with an abstract name.</summary>
    public readonly bool IsAbstract => Family == AF_UNIX && PathBytes is [0, ..];

    /// <summary>
    /// What the kernel has after the family: a path without its NUL, or a zero byte and an abstract name, byte for byte; nothing for an unnamed address.
    /// </summary>
    /// <exception cref="InvalidOperationException">This is not a unix address.</exception>
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
    /// Gives a path one form: one NUL behind it, or none where the path fills <c>sun_path</c>. Linux reports 111 bytes for such a path of 108, but accepts at
    /// most 110 in connect and sendto.
    /// </summary>
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
            throw new ArgumentException($"The path of a unix socket has at most {MaxPathLength} bytes, not {path.Length}: {text}", parameter);
        }
        if (path.Contains((byte)0))
            throw new ArgumentException($"A path cannot have a NUL: {NativeText.GetString(path).Replace("\0", "\\0")}", parameter);

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
