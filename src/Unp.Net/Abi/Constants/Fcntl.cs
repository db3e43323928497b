using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Commands of fcntl (F_*) and their arguments.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Duplicate to the lowest free descriptor that is not below the argument.</summary>
    public const int F_DUPFD = 0;

    /// <summary>Like <see cref="F_DUPFD"/>, but the duplicate is close-on-exec.</summary>
    public static int F_DUPFD_CLOEXEC => Of(1030, 67, 17);

    /// <summary>Duplicate to the argument, as <c>dup2</c>. FreeBSD only.</summary>
    public static int F_DUP2FD => Of(Absent, Absent, 10);

    /// <summary>Like <see cref="F_DUP2FD"/>, but the duplicate is close-on-exec. FreeBSD only.</summary>
    public static int F_DUP2FD_CLOEXEC => Of(Absent, Absent, 18);

    /// <summary>Read the descriptor's flags: <see cref="FD_CLOEXEC"/> is the only one.</summary>
    public const int F_GETFD = 1;

    /// <summary>Set the descriptor's flags.</summary>
    public const int F_SETFD = 2;

    /// <summary>The descriptor is closed in a program started by <c>exec</c>.</summary>
    public const int FD_CLOEXEC = 1;

    /// <summary>Read the open file's flags, O_*: shared by all duplicates.</summary>
    public const int F_GETFL = 3;

    /// <summary>
    /// Set <see cref="O_APPEND"/>, <see cref="O_NONBLOCK"/>, <see cref="O_ASYNC"/>...; access mode and creation flags are ignored.
    /// </summary>
    public const int F_SETFL = 4;

    /// <summary>Read the process that gets SIGIO and SIGURG; negative: a process group.</summary>
    public static int F_GETOWN => Of(9, 5, 5);

    /// <summary>Send SIGIO and SIGURG to this process; negative: process group.</summary>
    public static int F_SETOWN => Of(8, 6, 6);

    /// <summary>Like <see cref="F_GETOWN"/>, but also for threads; the argument is a pointer to <c>f_owner_ex</c>. Linux only.</summary>
    public static int F_GETOWN_EX => Of(16, Absent, Absent);

    /// <summary>Like <see cref="F_SETOWN"/>, but also for threads; the argument is a pointer to <c>f_owner_ex</c>. Linux only.</summary>
    public static int F_SETOWN_EX => Of(15, Absent, Absent);

    /// <summary><c>f_owner_ex</c>: a thread, by its <c>gettid</c>. Linux only.</summary>
    public static int F_OWNER_TID => Of(0, Absent, Absent);

    /// <summary><c>f_owner_ex</c>: a process. Linux only.</summary>
    public static int F_OWNER_PID => Of(1, Absent, Absent);

    /// <summary><c>f_owner_ex</c>: a process group. Linux only.</summary>
    public static int F_OWNER_PGRP => Of(2, Absent, Absent);

    /// <summary>Read the signal that is sent instead of SIGIO. Linux only.</summary>
    public static int F_GETSIG => Of(11, Absent, Absent);

    /// <summary>Send this signal instead of SIGIO, with the descriptor in its siginfo; 0 restores SIGIO. Linux only.</summary>
    public static int F_SETSIG => Of(10, Absent, Absent);

    /// <summary>Find a conflicting lock: a <c>flock</c>.</summary>
    public static int F_GETLK => Of(5, 7, 11);

    /// <summary>Take or release a record lock, or fail with EAGAIN or EACCES.</summary>
    public static int F_SETLK => Of(6, 8, 12);

    /// <summary>Take a record lock, and wait until it is free.</summary>
    public static int F_SETLKW => Of(7, 9, 13);

    /// <summary>Like <see cref="F_GETLK"/>, but for locks of the open file. Linux only.</summary>
    public static int F_OFD_GETLK => Of(36, Absent, Absent);

    /// <summary>Like <see cref="F_SETLK"/>, but the lock belongs to the open file, not to the process. Linux only.</summary>
    public static int F_OFD_SETLK => Of(37, Absent, Absent);

    /// <summary>Like <see cref="F_SETLKW"/>, but the lock belongs to the open file, not to the process. Linux only.</summary>
    public static int F_OFD_SETLKW => Of(38, Absent, Absent);

    /// <summary>Lock for reading, shared.</summary>
    public static int F_RDLCK => Of(0, 1, 1);

    /// <summary>Lock for writing, exclusive.</summary>
    public static int F_WRLCK => Of(1, 3, 3);

    /// <summary>No lock, release.</summary>
    public const int F_UNLCK = 2;

    /// <summary><c>lockf</c>: release the lock.</summary>
    public const int F_ULOCK = 0;

    /// <summary><c>lockf</c>: take the lock, and wait until it is free.</summary>
    public const int F_LOCK = 1;

    /// <summary><c>lockf</c>: take the lock, or fail.</summary>
    public const int F_TLOCK = 2;

    /// <summary><c>lockf</c>: test whether another process holds the lock.</summary>
    public const int F_TEST = 3;

    /// <summary>Read the lease that the process holds on the file. Linux only.</summary>
    public static int F_GETLEASE => Of(1025, Absent, Absent);

    /// <summary>Take a lease: a signal reports that another process opens the file. Linux only.</summary>
    public static int F_SETLEASE => Of(1024, Absent, Absent);

    /// <summary>Request a signal when the directory changes. Linux only.</summary>
    public static int F_NOTIFY => Of(1026, Absent, Absent);

    /// <summary>Bytes of the pipe's buffer. Linux only.</summary>
    public static int F_GETPIPE_SZ => Of(1032, Absent, Absent);

    /// <summary>Set the size of the pipe's buffer, at least this many bytes. Linux only.</summary>
    public static int F_SETPIPE_SZ => Of(1031, Absent, Absent);

    /// <summary>Forbid changes of a memory file permanently: F_SEAL_*. Not on macOS.</summary>
    public static int F_ADD_SEALS => Of(1033, Absent, 19);

    /// <summary>Read the forbidden changes. Not on macOS.</summary>
    public static int F_GET_SEALS => Of(1034, Absent, 20);

    /// <summary>No further seals. Not on macOS.</summary>
    public static int F_SEAL_SEAL => Of(1, Absent, 1);

    /// <summary>The file can't become shorter. Not on macOS.</summary>
    public static int F_SEAL_SHRINK => Of(2, Absent, 2);

    /// <summary>The file can't become longer. Not on macOS.</summary>
    public static int F_SEAL_GROW => Of(4, Absent, 4);

    /// <summary>The contents can't change. Not on macOS.</summary>
    public static int F_SEAL_WRITE => Of(8, Absent, 8);

    /// <summary>No new writers; existing mappings stay writable. Linux only.</summary>
    public static int F_SEAL_FUTURE_WRITE => Of(16, Absent, Absent);

    /// <summary>Read the expected lifetime of written data, for the file. Linux only.</summary>
    public static int F_GET_RW_HINT => Of(1035, Absent, Absent);

    /// <summary>Set the expected lifetime of written data, for the file. Linux only.</summary>
    public static int F_SET_RW_HINT => Of(1036, Absent, Absent);

    /// <summary>Read the expected lifetime of data that is written through this descriptor and its duplicates. Linux only.</summary>
    public static int F_GET_FILE_RW_HINT => Of(1037, Absent, Absent);

    /// <summary>Set the expected lifetime of data that is written through this descriptor and its duplicates. Linux only.</summary>
    public static int F_SET_FILE_RW_HINT => Of(1038, Absent, Absent);

    /// <summary>The path of the open file, into a buffer of MAXPATHLEN bytes. macOS only.</summary>
    public static int F_GETPATH => Of(Absent, 50, Absent);

    /// <summary>Write to the disk and have the disk empty its own cache, which <c>fsync</c> does not ask for. macOS only.</summary>
    public static int F_FULLFSYNC => Of(Absent, 51, Absent);

    /// <summary>Write to the disk, in order with later writes. macOS only.</summary>
    public static int F_BARRIERFSYNC => Of(Absent, 85, Absent);

    /// <summary>1: bypass the page cache. 0: use it. macOS only.</summary>
    public static int F_NOCACHE => Of(Absent, 48, Absent);

    /// <summary>1: read ahead. 0: do not. Not on Linux.</summary>
    public static int F_RDAHEAD => Of(Absent, 45, 16);

    /// <summary>Number of bytes to read ahead; 0: none. FreeBSD only.</summary>
    public static int F_READAHEAD => Of(Absent, Absent, 15);

    /// <summary>Read this part ahead: a <c>radvisory</c>. macOS only.</summary>
    public static int F_RDADVISE => Of(Absent, 44, Absent);

    /// <summary>Reserve disk space: a <c>fstore</c>. macOS only.</summary>
    public static int F_PREALLOCATE => Of(Absent, 42, Absent);

    /// <summary>Free part of the file's disk space: a <c>fpunchhole</c>. macOS only.</summary>
    public static int F_PUNCHHOLE => Of(Absent, 99, Absent);

    /// <summary>Set the length without zeroing the rest. Needs privilege. macOS only.</summary>
    public static int F_SETSIZE => Of(Absent, 43, Absent);

    /// <summary>The location of the current offset on the device: a <c>log2phys</c>. macOS only.</summary>
    public static int F_LOG2PHYS => Of(Absent, 49, Absent);

    /// <summary>1: writing to a pipe or socket without reader sends no SIGPIPE. macOS only.</summary>
    public static int F_SETNOSIGPIPE => Of(Absent, 73, Absent);

    /// <summary>Read that flag. macOS only.</summary>
    public static int F_GETNOSIGPIPE => Of(Absent, 74, Absent);

    /// <summary>Information of the kernel about the open file: a <c>kinfo_file</c>. FreeBSD only.</summary>
    public static int F_KINFO => Of(Absent, Absent, 22);
}
