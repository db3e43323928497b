using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Settings for programs that control or emulate a terminal (termios(3), ioctl_tty(2)). The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Read the size of a terminal, a <see cref="winsize"/>.</summary>
    public static uint TIOCGWINSZ => Unsigned(0x5413, 0x40087468, 0x40087468);

    /// <summary>
    /// Set the size of a terminal, a <see cref="winsize"/>. The foreground process group gets SIGWINCH if the size changes.
    /// </summary>
    public static uint TIOCSWINSZ => Unsigned(0x5414, 0x80087467, 0x80087467);

    /// <summary>Make the terminal the controlling one of the caller's session; the argument is 0.</summary>
    public static uint TIOCSCTTY => Unsigned(0x540E, 0x20007461, 0x20007461);

    /// <summary>For <c>tcsetattr</c>: change immediately.</summary>
    public const int TCSANOW = 0;

    /// <summary>For <c>tcsetattr</c>: change after all output is written.</summary>
    public const int TCSADRAIN = 1;

    /// <summary>For <c>tcsetattr</c>: change after all output is written, and discard unread input.</summary>
    public const int TCSAFLUSH = 2;

    /// <summary><c>c_iflag</c>: a received carriage return becomes a newline.</summary>
    public const int ICRNL = 0x100;

    /// <summary><c>c_iflag</c>: STOP and START (^S, ^Q) pause and resume output.</summary>
    public static int IXON => Of(0x400, 0x200, 0x200);

    /// <summary><c>c_oflag</c>: output is processed.</summary>
    public const int OPOST = 0x1;

    /// <summary><c>c_oflag</c>: a newline is written as a carriage return and a newline.</summary>
    public static int ONLCR => Of(0x4, 0x2, 0x2);

    /// <summary><c>c_lflag</c>: input is echoed.</summary>
    public const int ECHO = 0x8;

    /// <summary><c>c_lflag</c>: input is read in lines, which can be edited.</summary>
    public static int ICANON => Of(0x2, 0x100, 0x100);

    /// <summary><c>c_lflag</c>: INTR, QUIT and SUSP (^C, ^\, ^Z) send signals to the foreground process group.</summary>
    public static int ISIG => Of(0x1, 0x80, 0x80);

    /// <summary><c>c_lflag</c>: further characters for editing.</summary>
    public static int IEXTEN => Of(0x8000, 0x400, 0x400);

    /// <summary>In <c>c_cc</c>: the end of file of <see cref="ICANON"/>, ^D.</summary>
    public static int VEOF => Of(4, 0, 0);

    /// <summary>In <c>c_cc</c>: SIGINT, ^C.</summary>
    public static int VINTR => Of(0, 8, 8);

    /// <summary>In <c>c_cc</c>: SIGQUIT, ^\.</summary>
    public static int VQUIT => Of(1, 9, 9);

    /// <summary>In <c>c_cc</c>: SIGTSTP, ^Z.</summary>
    public static int VSUSP => Of(10, 10, 10);

    /// <summary>In <c>c_cc</c>, without <see cref="ICANON"/>: the number of bytes that a read waits for.</summary>
    public static int VMIN => Of(6, 16, 16);

    /// <summary>In <c>c_cc</c>, without <see cref="ICANON"/>: how long a read waits, in tenths of a second.</summary>
    public static int VTIME => Of(5, 17, 17);
}
