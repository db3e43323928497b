using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Filters, flags and events of kqueue. (kqueue(2) on the BSDs) Filters are short, flags ushort and a filter's own flags uint, as the fields
// of
// kevent.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    // Filters: the kinds of events.

    /// <summary>Data to read, a connection to accept, or end of file; data: the number of bytes or connections. Not on Linux.</summary>
    public static short EVFILT_READ => (short)Of(Absent, -1, -1);

    /// <summary>Room to write; data: the number of bytes. Not on Linux.</summary>
    public static short EVFILT_WRITE => (short)Of(Absent, -2, -2);

    /// <summary>An asynchronous request is done. Not on Linux.</summary>
    public static short EVFILT_AIO => (short)Of(Absent, -3, -3);

    /// <summary>A file has changed: NOTE_DELETE and so on. Not on Linux.</summary>
    public static short EVFILT_VNODE => (short)Of(Absent, -4, -4);

    /// <summary>A process ended, forked, started a program: NOTE_EXIT and so on. Not on Linux.</summary>
    public static short EVFILT_PROC => (short)Of(Absent, -5, -5);

    /// <summary>A signal arrived, even a blocked or ignored one; data: the number of times. Not on Linux.</summary>
    public static short EVFILT_SIGNAL => (short)Of(Absent, -6, -6);

    /// <summary>
    /// A timer expired, in milliseconds unless NOTE_SECONDS or another flag is set; data: the number of expirations. Not on Linux.
    /// </summary>
    public static short EVFILT_TIMER => (short)Of(Absent, -7, -7);

    /// <summary>A file system was mounted or unmounted. Not on Linux.</summary>
    public static short EVFILT_FS => (short)Of(Absent, -9, -9);

    /// <summary>A user event: <see cref="NOTE_TRIGGER"/> triggers it. Not on Linux.</summary>
    public static short EVFILT_USER => (short)Of(Absent, -10, -11);

    /// <summary>A message at a Mach port. macOS only.</summary>
    public static short EVFILT_MACHPORT => (short)Of(Absent, -8, Absent);

    /// <summary>Memory is running short. macOS only.</summary>
    public static short EVFILT_VM => (short)Of(Absent, -12, Absent);

    /// <summary>An exceptional condition: <see cref="NOTE_OOB"/>. macOS only.</summary>
    public static short EVFILT_EXCEPT => (short)Of(Absent, -15, Absent);

    /// <summary>The process of a process descriptor ended. FreeBSD only.</summary>
    public static short EVFILT_PROCDESC => (short)Of(Absent, Absent, -8);

    /// <summary>A list of asynchronous requests is done. FreeBSD only.</summary>
    public static short EVFILT_LIO => (short)Of(Absent, Absent, -10);

    /// <summary>An asynchronous <c>sendfile</c> is done. FreeBSD only.</summary>
    public static short EVFILT_SENDFILE => (short)Of(Absent, Absent, -12);

    /// <summary>The send buffer is empty. FreeBSD only.</summary>
    public static short EVFILT_EMPTY => (short)Of(Absent, Absent, -13);

    // Actions.

    /// <summary>Add an event, or change an existing one. Not on Linux.</summary>
    public static ushort EV_ADD => (ushort)Of(Absent, 0x1, 0x1);

    /// <summary>Delete an event. Closing the descriptor does the same. Not on Linux.</summary>
    public static ushort EV_DELETE => (ushort)Of(Absent, 0x2, 0x2);

    /// <summary>Enable an event. Not on Linux.</summary>
    public static ushort EV_ENABLE => (ushort)Of(Absent, 0x4, 0x4);

    /// <summary>Disable an event: keep it, but do not report it. Not on Linux.</summary>
    public static ushort EV_DISABLE => (ushort)Of(Absent, 0x8, 0x8);

    /// <summary>Report once, then delete. Not on Linux.</summary>
    public static ushort EV_ONESHOT => (ushort)Of(Absent, 0x10, 0x10);

    /// <summary>Edge-triggered: reset the state after reporting. Not on Linux.</summary>
    public static ushort EV_CLEAR => (ushort)Of(Absent, 0x20, 0x20);

    /// <summary>
    /// Answer each change with an <see cref="EV_ERROR"/>, with data 0 for success, and report nothing else. Not on Linux.
    /// </summary>
    public static ushort EV_RECEIPT => (ushort)Of(Absent, 0x40, 0x40);

    /// <summary>Disable after reporting. Not on Linux.</summary>
    public static ushort EV_DISPATCH => (ushort)Of(Absent, 0x80, 0x80);

    /// <summary>Registrations that differ only in udata are different ones. macOS only.</summary>
    public static ushort EV_UDATA_SPECIFIC => (ushort)Of(Absent, 0x100, Absent);

    /// <summary><see cref="EV_DISPATCH"/> with <see cref="EV_UDATA_SPECIFIC"/>. macOS only.</summary>
    public static ushort EV_DISPATCH2 => (ushort)Of(Absent, 0x180, Absent);

    /// <summary>Report when the descriptor is closed, instead of forgetting it. macOS only.</summary>
    public static ushort EV_VANISHED => (ushort)Of(Absent, 0x200, Absent);

    /// <summary>With <see cref="EV_ENABLE"/>: report once, now. FreeBSD only.</summary>
    public static ushort EV_FORCEONESHOT => (ushort)Of(Absent, Absent, 0x100);

    /// <summary>Used only by the kernel. FreeBSD only.</summary>
    public static ushort EV_DROP => (ushort)Of(Absent, Absent, 0x1000);

    // Results.

    /// <summary>The peer has closed; fflags: the socket's error, if any. Data may still be there. Not on Linux.</summary>
    public static ushort EV_EOF => (ushort)Of(Absent, 0x8000, 0x8000);

    /// <summary>A change failed; data: the errno. Not on Linux.</summary>
    public static ushort EV_ERROR => (ushort)Of(Absent, 0x4000, 0x4000);

    /// <summary>There is urgent data. macOS only.</summary>
    public static ushort EV_OOBAND => (ushort)Of(Absent, 0x2000, Absent);

    /// <summary>Used only by the kernel. macOS only.</summary>
    public static ushort EV_POLL => (ushort)Of(Absent, 0x1000, Absent);

    // A filter's own flags: reading and writing.

    /// <summary>Report when the number of available bytes reaches data. Not on Linux.</summary>
    public static uint NOTE_LOWAT => Unsigned(AbsentUnsigned, 0x1, 0x1);

    /// <summary>TCP's urgent data. macOS only.</summary>
    public static uint NOTE_OOB => Unsigned(AbsentUnsigned, 0x2, AbsentUnsigned);

    /// <summary>A file is always ready, as <c>poll</c> sees it. FreeBSD only.</summary>
    public static uint NOTE_FILE_POLL => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x2);

    // EVFILT_VNODE.

    /// <summary>Removed. Not on Linux.</summary>
    public static uint NOTE_DELETE => Unsigned(AbsentUnsigned, 0x1, 0x1);

    /// <summary>Written to. Not on Linux.</summary>
    public static uint NOTE_WRITE => Unsigned(AbsentUnsigned, 0x2, 0x2);

    /// <summary>Grown. Not on Linux.</summary>
    public static uint NOTE_EXTEND => Unsigned(AbsentUnsigned, 0x4, 0x4);

    /// <summary>Its attributes changed. Not on Linux.</summary>
    public static uint NOTE_ATTRIB => Unsigned(AbsentUnsigned, 0x8, 0x8);

    /// <summary>The file's number of links changed. Not on Linux.</summary>
    public static uint NOTE_LINK => Unsigned(AbsentUnsigned, 0x10, 0x10);

    /// <summary>Renamed. Not on Linux.</summary>
    public static uint NOTE_RENAME => Unsigned(AbsentUnsigned, 0x20, 0x20);

    /// <summary>The file was revoked, or its file system was unmounted. Not on Linux.</summary>
    public static uint NOTE_REVOKE => Unsigned(AbsentUnsigned, 0x40, 0x40);

    /// <summary>No vnode event. macOS only.</summary>
    public static uint NOTE_NONE => Unsigned(AbsentUnsigned, 0x80, AbsentUnsigned);

    /// <summary>Unlocked. macOS only.</summary>
    public static uint NOTE_FUNLOCK => Unsigned(AbsentUnsigned, 0x100, AbsentUnsigned);

    /// <summary>Opened. FreeBSD only.</summary>
    public static uint NOTE_OPEN => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x80);

    /// <summary>A descriptor that was not open for writing was closed. FreeBSD only.</summary>
    public static uint NOTE_CLOSE => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x100);

    /// <summary>A descriptor that was open for writing was closed. FreeBSD only.</summary>
    public static uint NOTE_CLOSE_WRITE => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x200);

    /// <summary>Read. FreeBSD only.</summary>
    public static uint NOTE_READ => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x400);

    // EVFILT_PROC.

    /// <summary>
    /// The process ended; data: the status as from <c>wait</c> (on macOS only with <see cref="NOTE_EXITSTATUS"/>). Not on Linux.
    /// </summary>
    public static uint NOTE_EXIT => Unsigned(AbsentUnsigned, 0x80000000, 0x80000000);

    /// <summary>Forked. Not on Linux.</summary>
    public static uint NOTE_FORK => Unsigned(AbsentUnsigned, 0x40000000, 0x40000000);

    /// <summary>Started another program. Not on Linux.</summary>
    public static uint NOTE_EXEC => Unsigned(AbsentUnsigned, 0x20000000, 0x20000000);

    /// <summary>The process got a signal. macOS only.</summary>
    public static uint NOTE_SIGNAL => Unsigned(AbsentUnsigned, 0x8000000, AbsentUnsigned);

    /// <summary>With <see cref="NOTE_EXIT"/>: data is the status. Children only. macOS only.</summary>
    public static uint NOTE_EXITSTATUS => Unsigned(AbsentUnsigned, 0x4000000, AbsentUnsigned);

    /// <summary>With <see cref="NOTE_EXIT"/>: the reason. macOS only.</summary>
    public static uint NOTE_EXIT_DETAIL => Unsigned(AbsentUnsigned, 0x2000000, AbsentUnsigned);

    /// <summary>The bits of fflags that are not flags: a process id or a signal. Not on Linux.</summary>
    public static uint NOTE_PDATAMASK => Unsigned(AbsentUnsigned, 0xFFFFF, 0xFFFFF);

    /// <summary>Follow the children too. macOS has only the name. Not on Linux.</summary>
    public static uint NOTE_TRACK => Unsigned(AbsentUnsigned, 0x1, 0x1);

    /// <summary>A child could not be followed. Not on Linux.</summary>
    public static uint NOTE_TRACKERR => Unsigned(AbsentUnsigned, 0x2, 0x2);

    /// <summary>This is a followed child; data: its parent. Not on Linux.</summary>
    public static uint NOTE_CHILD => Unsigned(AbsentUnsigned, 0x4, 0x4);

    // EVFILT_TIMER.

    /// <summary>Data is seconds. Not on Linux.</summary>
    public static uint NOTE_SECONDS => Unsigned(AbsentUnsigned, 0x1, 0x1);

    /// <summary>Data is milliseconds. FreeBSD only.</summary>
    public static uint NOTE_MSECONDS => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x2);

    /// <summary>Data is microseconds. Not on Linux.</summary>
    public static uint NOTE_USECONDS => Unsigned(AbsentUnsigned, 0x2, 0x4);

    /// <summary>Data is nanoseconds. Not on Linux.</summary>
    public static uint NOTE_NSECONDS => Unsigned(AbsentUnsigned, 0x4, 0x8);

    /// <summary>Data is an absolute time of day, not relative to now. macOS only.</summary>
    public static uint NOTE_ABSOLUTE => Unsigned(AbsentUnsigned, 0x8, AbsentUnsigned);

    /// <summary>Data is an absolute time of day, not relative to now. FreeBSD only.</summary>
    public static uint NOTE_ABSTIME => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x10);

    /// <summary>The permitted delay: the second ext of a <c>kevent64_s</c>. macOS only.</summary>
    public static uint NOTE_LEEWAY => Unsigned(AbsentUnsigned, 0x10, AbsentUnsigned);

    /// <summary>The timer is as accurate as the system allows. macOS only.</summary>
    public static uint NOTE_CRITICAL => Unsigned(AbsentUnsigned, 0x20, AbsentUnsigned);

    /// <summary>The timer has low accuracy. macOS only.</summary>
    public static uint NOTE_BACKGROUND => Unsigned(AbsentUnsigned, 0x40, AbsentUnsigned);

    /// <summary>The timer continues while the machine sleeps. macOS only.</summary>
    public static uint NOTE_MACH_CONTINUOUS_TIME => Unsigned(AbsentUnsigned, 0x80, AbsentUnsigned);

    /// <summary>Data is Mach's absolute time. macOS only.</summary>
    public static uint NOTE_MACHTIME => Unsigned(AbsentUnsigned, 0x100, AbsentUnsigned);

    // EVFILT_USER: how fflags change, in the upper bits.

    /// <summary>Trigger the event. Not on Linux.</summary>
    public static uint NOTE_TRIGGER => Unsigned(AbsentUnsigned, 0x1000000, 0x1000000);

    /// <summary>Keep the flags. Not on Linux.</summary>
    public static uint NOTE_FFNOP => Unsigned(AbsentUnsigned, 0, 0);

    /// <summary>And them with these. Not on Linux.</summary>
    public static uint NOTE_FFAND => Unsigned(AbsentUnsigned, 0x40000000, 0x40000000);

    /// <summary>Or them with these. Not on Linux.</summary>
    public static uint NOTE_FFOR => Unsigned(AbsentUnsigned, 0x80000000, 0x80000000);

    /// <summary>Set them to these. Not on Linux.</summary>
    public static uint NOTE_FFCOPY => Unsigned(AbsentUnsigned, 0xC0000000, 0xC0000000);

    /// <summary>The bits of the operation. Not on Linux.</summary>
    public static uint NOTE_FFCTRLMASK => Unsigned(AbsentUnsigned, 0xC0000000, 0xC0000000);

    /// <summary>The bits for the program's flags. Not on Linux.</summary>
    public static uint NOTE_FFLAGSMASK => Unsigned(AbsentUnsigned, 0xFFFFFF, 0xFFFFFF);

    // EVFILT_VM.

    /// <summary>Memory is short. macOS only.</summary>
    public static uint NOTE_VM_PRESSURE => Unsigned(AbsentUnsigned, 0x80000000, AbsentUnsigned);

    /// <summary>Memory is short: end if the program can. macOS only.</summary>
    public static uint NOTE_VM_PRESSURE_TERMINATE => Unsigned(AbsentUnsigned, 0x40000000, AbsentUnsigned);

    /// <summary>Memory is short: end immediately if the program can. macOS only.</summary>
    public static uint NOTE_VM_PRESSURE_SUDDEN_TERMINATE => Unsigned(AbsentUnsigned, 0x20000000, AbsentUnsigned);

    /// <summary>The state is unknown. macOS only.</summary>
    public static uint NOTE_VM_ERROR => Unsigned(AbsentUnsigned, 0x10000000, AbsentUnsigned);
}
