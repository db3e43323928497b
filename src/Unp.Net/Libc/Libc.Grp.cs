using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <grp.h>
public static unsafe partial class Libc
{
    /// <summary>
    /// <c>initgroups(3)</c>: sets the supplementary groups of this process to those of a user. Call it before <see cref="setuid"/>.
    /// </summary>
    /// <param name="user">The user's name in the group database.</param>
    /// <param name="group">A group that is always included.</param>
    /// <returns>0, or -1: EPERM, ENOMEM.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/initgroups.3.html">initgroups(3)</seealso>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int initgroups(string user, uint group);

    /// <summary><c>getgrnam(3)</c>: finds the group id of a group name.</summary>
    /// <returns>Whether the group exists.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getgrnam.3.html">getgrnam(3)</seealso>
    public static bool getgrnam(string name, out uint gid)
    {
        lock (Accounts)
        {
            group* entry = getgrnam(name);
            gid = entry is null ? 0 : entry->gr_gid;
            return entry is not null;
        }
    }

    /// <summary>Serialises getpwnam and getgrnam, because each returns its result in a static buffer of C.</summary>
    static readonly Lock Accounts = new();

    [LibraryImport(LibraryName, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial group* getgrnam(string name);
}
