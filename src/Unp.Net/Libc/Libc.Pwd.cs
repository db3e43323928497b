using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <pwd.h>
public static unsafe partial class Libc
{
    /// <summary><c>getpwnam(3)</c>: finds the user id and group id of a user name.</summary>
    /// <returns>Whether the user exists.</returns>
    /// <seealso href="https://man7.org/linux/man-pages/man3/getpwnam.3.html">getpwnam(3)</seealso>
    public static bool getpwnam(string name, out uint uid, out uint gid)
    {
        lock (Accounts)
        {
            void* entry = getpwnam(name);
            (uid, gid) =
                entry is null ? default
                : Target.IsLinux ? (((Abi.Linux.passwd*)entry)->pw_uid, ((Abi.Linux.passwd*)entry)->pw_gid)
                : Target.IsMacOS ? (((Abi.Darwin.passwd*)entry)->pw_uid, ((Abi.Darwin.passwd*)entry)->pw_gid)
                : (((Abi.FreeBsd.passwd*)entry)->pw_uid, ((Abi.FreeBsd.passwd*)entry)->pw_gid);
            return entry is not null;
        }
    }

    [LibraryImport(LibraryName, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial void* getpwnam(string name);
}
