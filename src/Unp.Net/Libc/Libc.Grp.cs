using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net;

// <grp.h> and <pwd.h>
public static unsafe partial class Libc
{
    /// <summary><c>initgroups(3)</c>: the supplementary groups of this process become a user's. To be called before <see cref="setuid"/>.</summary>
    /// <param name="user">The user's name, as the group data base has it.</param>
    /// <param name="group">A group that is among them in any case.</param>
    /// <returns>0, or -1: EPERM, ENOMEM.</returns>
    [LibraryImport(LibraryName, SetLastError = true, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    public static partial int initgroups(string user, uint group);

    /// <summary><c>getpwnam(3)</c>: the user and group of a name.</summary>
    /// <returns>Whether there is such a user.</returns>
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

    /// <summary><c>getgrnam(3)</c>: the number of a group.</summary>
    /// <returns>Whether there is such a group.</returns>
    public static bool getgrnam(string name, out uint gid)
    {
        lock (Accounts)
        {
            group* entry = getgrnam(name);
            gid = entry is null ? 0 : entry->gr_gid;
            return entry is not null;
        }
    }

    /// <summary>C has one buffer for the answers of each of the two functions.</summary>
    static readonly Lock Accounts = new();

    [LibraryImport(LibraryName, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial void* getpwnam(string name);

    [LibraryImport(LibraryName, StringMarshallingCustomType = typeof(NativeTextMarshaller))]
    private static partial group* getgrnam(string name);
}
