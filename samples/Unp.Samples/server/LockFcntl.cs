namespace Unp.Samples.server;

/// <summary>The lock around accept as a record lock of a file (figure 30.16). The kernel releases it when its owner dies.</summary>
static class LockFcntl
{
    const uint OwnerOnly = 0x180; // 0600

    static Fd lock_fd = null!;

    /// <summary>Creates the file in the parent and removes its name at once. The children inherit the descriptor.</summary>
    public static Fd my_lock_init()
    {
        string pathname = Path.Join(Path.GetTempPath(), $"lock.{Guid.NewGuid():N}");
        Fd fd = Open(pathname, O_RDWR | O_CREAT | O_EXCL, OwnerOnly);
        _ = unlink(pathname);
        return fd;
    }

    /// <summary>Takes the inherited descriptor in a child.</summary>
    public static void my_lock_init(Fd inherited) => lock_fd = inherited;

    public static void my_lock_wait() => Fcntl(lock_fd, F_SETLKW, new RecordLock(F_WRLCK));

    public static void my_lock_release() => Fcntl(lock_fd, F_SETLKW, new RecordLock(F_UNLCK));
}
