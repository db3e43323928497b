using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Signal numbers, and how sigprocmask changes the mask. (signal(7))
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>The terminal is gone. By convention, a daemon reads its configuration again.</summary>
    public const int SIGHUP = 1;

    /// <summary>Interrupted from the keyboard.</summary>
    public const int SIGINT = 2;

    /// <summary>Quit from the keyboard, with a core dump.</summary>
    public const int SIGQUIT = 3;

    /// <summary>Illegal instruction.</summary>
    public const int SIGILL = 4;

    /// <summary>Trace or breakpoint trap.</summary>
    public const int SIGTRAP = 5;

    /// <summary><c>abort</c> was called.</summary>
    public const int SIGABRT = 6;

    /// <summary>PDP-11's name of <see cref="SIGABRT"/>.</summary>
    public const int SIGIOT = 6;

    /// <summary>Emulator trap. Not on Linux.</summary>
    public static int SIGEMT => Of(Absent, 7, 7);

    /// <summary>Arithmetic error.</summary>
    public const int SIGFPE = 8;

    /// <summary>Ends the process; can't be caught.</summary>
    public const int SIGKILL = 9;

    /// <summary>Access to memory that is not there, such as past the end of a mapped file.</summary>
    public static int SIGBUS => Of(7, 10, 10);

    /// <summary>Invalid memory access.</summary>
    public const int SIGSEGV = 11;

    /// <summary>No such system call.</summary>
    public static int SIGSYS => Of(31, 12, 12);

    /// <summary>Write to a pipe or connection without a reader.</summary>
    public const int SIGPIPE = 13;

    /// <summary>The time set by <c>alarm</c> has expired.</summary>
    public const int SIGALRM = 14;

    /// <summary>Request to terminate.</summary>
    public const int SIGTERM = 15;

    /// <summary>Urgent data has arrived on a socket whose owner this process is. Ignored by default.</summary>
    public static int SIGURG => Of(23, 16, 16);

    /// <summary>Stops the process; can't be caught.</summary>
    public static int SIGSTOP => Of(19, 17, 17);

    /// <summary>Stopped from the keyboard.</summary>
    public static int SIGTSTP => Of(20, 18, 18);

    /// <summary>Continue after a stop.</summary>
    public static int SIGCONT => Of(18, 19, 19);

    /// <summary>A child has ended or stopped. Ignored by default.</summary>
    public static int SIGCHLD => Of(17, 20, 20);

    /// <summary>System V's name of <see cref="SIGCHLD"/>. Linux only.</summary>
    public static int SIGCLD => Of(17, Absent, Absent);

    /// <summary>A background process reads from the terminal.</summary>
    public const int SIGTTIN = 21;

    /// <summary>A background process writes to the terminal.</summary>
    public const int SIGTTOU = 22;

    /// <summary>A descriptor with <see cref="O_ASYNC"/> is ready.</summary>
    public static int SIGIO => Of(29, 23, 23);

    /// <summary>System V's name of <see cref="SIGIO"/>. Linux only.</summary>
    public static int SIGPOLL => Of(29, Absent, Absent);

    /// <summary>Processor time limit is exceeded.</summary>
    public const int SIGXCPU = 24;

    /// <summary>File size limit is exceeded.</summary>
    public const int SIGXFSZ = 25;

    /// <summary>The virtual timer (the process's own processor time) has expired.</summary>
    public const int SIGVTALRM = 26;

    /// <summary>The profiling timer (processor time of the process and of the kernel for it) has expired.</summary>
    public const int SIGPROF = 27;

    /// <summary>The size of the terminal's window has changed. Ignored by default.</summary>
    public const int SIGWINCH = 28;

    /// <summary>Status request from the keyboard. Ignored by default. Not on Linux.</summary>
    public static int SIGINFO => Of(Absent, 29, 29);

    /// <summary>For the program's own purposes.</summary>
    public static int SIGUSR1 => Of(10, 30, 30);

    /// <summary>For the program's own purposes.</summary>
    public static int SIGUSR2 => Of(12, 31, 31);

    /// <summary>Coprocessor stack fault; unused. Linux only.</summary>
    public static int SIGSTKFLT => Of(16, Absent, Absent);

    /// <summary>Power failure. Linux only.</summary>
    public static int SIGPWR => Of(30, Absent, Absent);

    /// <summary>Used by the thread library. FreeBSD only.</summary>
    public static int SIGTHR => Of(Absent, Absent, 32);

    /// <summary>Used by the real-time library. FreeBSD only.</summary>
    public static int SIGLIBRT => Of(Absent, Absent, 33);

    /// <summary>
    /// First real-time signal for programs: glibc's. musl starts at 35, because it reserves one more. The .NET runtime uses this signal.
    /// Not on macOS.
    /// </summary>
    public static int SIGRTMIN => Of(34, Absent, 65);

    /// <summary>Last real-time signal. Not on macOS.</summary>
    public static int SIGRTMAX => Of(64, Absent, 126);

    /// <summary><c>sigprocmask</c>: add to the mask.</summary>
    public static int SIG_BLOCK => Of(0, 1, 1);

    /// <summary><c>sigprocmask</c>: remove from the mask.</summary>
    public static int SIG_UNBLOCK => Of(1, 2, 2);

    /// <summary><c>sigprocmask</c>: replace the mask.</summary>
    public static int SIG_SETMASK => Of(2, 3, 3);

    /// <summary><c>si_code</c>: sent by <c>kill</c>.</summary>
    public static int SI_USER => Of(0, 0x10001, 0x10001);

    /// <summary><c>si_code</c>: sent by <c>sigqueue</c>, with a value.</summary>
    public static int SI_QUEUE => Of(-1, 0x10002, 0x10002);

    /// <summary><c>si_code</c>: a POSIX timer expired.</summary>
    public static int SI_TIMER => Of(-2, 0x10003, 0x10003);

    /// <summary><c>si_code</c>: sent by the kernel. Not on macOS.</summary>
    public static int SI_KERNEL => Of(0x80, Absent, 0x10006);

    /// <summary>
    /// <c>si_code</c>: sent to one thread by <c>tgkill</c>; glibc's <c>sigwaitinfo</c> reports SI_USER instead. Linux only.
    /// </summary>
    public static int SI_TKILL => Of(-6, Absent, Absent);

    /// <summary><c>si_code</c> of SIGIO, or of the signal in its place: data to read.</summary>
    public const int POLL_IN = 1;

    /// <summary><c>si_code</c> of SIGIO: room to write.</summary>
    public const int POLL_OUT = 2;

    /// <summary><c>si_code</c> of SIGIO: a message to read.</summary>
    public const int POLL_MSG = 3;

    /// <summary><c>si_code</c> of SIGIO: an error.</summary>
    public const int POLL_ERR = 4;

    /// <summary><c>si_code</c> of SIGIO: urgent data.</summary>
    public const int POLL_PRI = 5;

    /// <summary><c>si_code</c> of SIGIO: the peer is gone.</summary>
    public const int POLL_HUP = 6;
}
