using System.Runtime.InteropServices;

namespace Unp.Net;

/// <summary>
/// The functions of <em>UNIX Network Programming</em> under the book's names: <c>using static Unp.Net.Libunp;</c>.
/// </summary>
/// <remarks>
/// <para>A capitalised function throws <see cref="UnpException"/> where C's calls <c>err_sys</c>. A function that the book defines has a
/// lower-case twin that returns -1 (or null) and sets <see cref="Errno.Last"/>. The lower-case form of a system call is in
/// <see cref="Libc"/>.</para>
/// <para>Parameters take descriptors as any <see cref="SafeHandle"/>. New descriptors are returned as <see cref="Fd"/>, close-on-exec. A
/// closed descriptor causes an <see cref="ObjectDisposedException"/>.</para>
/// <para>A call that a signal interrupts is repeated. A time-out set with SO_RCVTIMEO or SO_SNDTIMEO then starts again.</para>
/// </remarks>
public static partial class Libunp;
