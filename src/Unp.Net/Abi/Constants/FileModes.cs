namespace Unp.Net;

// Type and permission bits of a file's mode (st_mode), which chmod, umask, mkdir and stat use.
public static partial class Libc
{
    /// <summary>Mask of the file's type. (0170000)</summary>
    public const int S_IFMT = 0xF000;

    /// <summary>Type: socket. (0140000)</summary>
    public const int S_IFSOCK = 0xC000;

    /// <summary>Type: symbolic link. (0120000)</summary>
    public const int S_IFLNK = 0xA000;

    /// <summary>Type: regular file. (0100000)</summary>
    public const int S_IFREG = 0x8000;

    /// <summary>Type: block device. (0060000)</summary>
    public const int S_IFBLK = 0x6000;

    /// <summary>Type: directory. (0040000)</summary>
    public const int S_IFDIR = 0x4000;

    /// <summary>Type: character device. (0020000)</summary>
    public const int S_IFCHR = 0x2000;

    /// <summary>Type: pipe. (0010000)</summary>
    public const int S_IFIFO = 0x1000;

    /// <summary>Runs with the owner's identity. (04000)</summary>
    public const int S_ISUID = 0x800;

    /// <summary>Runs with the group's identity; a directory's new files inherit its group. (02000)</summary>
    public const int S_ISGID = 0x400;

    /// <summary>In this directory only owners delete their files. (01000)</summary>
    public const int S_ISVTX = 0x200;

    /// <summary>Owner: everything. (0700)</summary>
    public const int S_IRWXU = 0x1C0;

    /// <summary>Owner: read. (0400)</summary>
    public const int S_IRUSR = 0x100;

    /// <summary>Owner: write. Write permission on a socket's path is needed to connect to it. (0200)</summary>
    public const int S_IWUSR = 0x80;

    /// <summary>Owner: execute, search. (0100)</summary>
    public const int S_IXUSR = 0x40;

    /// <summary>Group: everything. (070)</summary>
    public const int S_IRWXG = 0x38;

    /// <summary>Group: read. (040)</summary>
    public const int S_IRGRP = 0x20;

    /// <summary>Group: write. (020)</summary>
    public const int S_IWGRP = 0x10;

    /// <summary>Group: execute, search. (010)</summary>
    public const int S_IXGRP = 0x8;

    /// <summary>Others: everything. (07)</summary>
    public const int S_IRWXO = 0x7;

    /// <summary>Others: read. (04)</summary>
    public const int S_IROTH = 0x4;

    /// <summary>Others: write. (02)</summary>
    public const int S_IWOTH = 0x2;

    /// <summary>Others: execute, search. (01)</summary>
    public const int S_IXOTH = 0x1;
}
