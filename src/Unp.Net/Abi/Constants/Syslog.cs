namespace Unp.Net;

// Facilities and levels of system log messages, and options of openlog. (syslog(3))
// The numbers are those of 4.3BSD, on every system.
public static partial class Libc
{
    /// <summary>Level: the system is unusable.</summary>
    public const int LOG_EMERG = 0;

    /// <summary>Level: action must be taken immediately.</summary>
    public const int LOG_ALERT = 1;

    /// <summary>Level: a critical condition.</summary>
    public const int LOG_CRIT = 2;

    /// <summary>Level: an error.</summary>
    public const int LOG_ERR = 3;

    /// <summary>Level: a warning.</summary>
    public const int LOG_WARNING = 4;

    /// <summary>Level: a normal but significant condition.</summary>
    public const int LOG_NOTICE = 5;

    /// <summary>Level: information.</summary>
    public const int LOG_INFO = 6;

    /// <summary>Level: debugging messages.</summary>
    public const int LOG_DEBUG = 7;

    /// <summary>The bits of the level in a priority.</summary>
    public const int LOG_PRIMASK = 7;

    /// <summary>The bits of the facility in a priority.</summary>
    public const int LOG_FACMASK = 0x3F8;

    /// <summary>Facility: the kernel. glibc replaces it by <see cref="LOG_USER"/>, the default, in messages of programs.</summary>
    public const int LOG_KERN = 0;

    /// <summary>Facility: any program.</summary>
    public const int LOG_USER = 1 << 3;

    /// <summary>Facility: mail.</summary>
    public const int LOG_MAIL = 2 << 3;

    /// <summary>Facility: daemons.</summary>
    public const int LOG_DAEMON = 3 << 3;

    /// <summary>Facility: security and authorisation.</summary>
    public const int LOG_AUTH = 4 << 3;

    /// <summary>Facility: syslogd itself.</summary>
    public const int LOG_SYSLOG = 5 << 3;

    /// <summary>Facility: printers.</summary>
    public const int LOG_LPR = 6 << 3;

    /// <summary>Facility: network news.</summary>
    public const int LOG_NEWS = 7 << 3;

    /// <summary>Facility: UUCP.</summary>
    public const int LOG_UUCP = 8 << 3;

    /// <summary>Facility: cron and at.</summary>
    public const int LOG_CRON = 9 << 3;

    /// <summary>Facility: security and authorisation, private messages.</summary>
    public const int LOG_AUTHPRIV = 10 << 3;

    /// <summary>Facility: FTP.</summary>
    public const int LOG_FTP = 11 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL0 = 16 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL1 = 17 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL2 = 18 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL3 = 19 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL4 = 20 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL5 = 21 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL6 = 22 << 3;

    /// <summary>Facility: for local use.</summary>
    public const int LOG_LOCAL7 = 23 << 3;

    /// <summary><c>openlog</c>: each message contains the process id.</summary>
    public const int LOG_PID = 0x01;

    /// <summary><c>openlog</c>: a message that cannot be sent goes to the console.</summary>
    public const int LOG_CONS = 0x02;

    /// <summary><c>openlog</c>: connect with the first message. The default.</summary>
    public const int LOG_ODELAY = 0x04;

    /// <summary><c>openlog</c>: connect immediately.</summary>
    public const int LOG_NDELAY = 0x08;

    /// <summary>
    /// <c>openlog</c>: do not wait for children that write to the console. It has no effect, as in glibc, because there are no such
    /// children.
    /// </summary>
    public const int LOG_NOWAIT = 0x10;

    /// <summary><c>openlog</c>: print each message on standard error too.</summary>
    public const int LOG_PERROR = 0x20;

    /// <summary>C's LOG_MASK: the bit of a level, for <c>setlogmask</c>.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/setlogmask.3.html">setlogmask(3)</seealso>
    public static int LOG_MASK(int pri) => 1 << pri;

    /// <summary>C's LOG_UPTO: the bits of a level and of all that are more urgent, for <c>setlogmask</c>.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/setlogmask.3.html">setlogmask(3)</seealso>
    public static int LOG_UPTO(int pri) => (1 << (pri + 1)) - 1;

    /// <summary>C's LOG_PRI: the level in a priority.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/syslog.3.html">syslog(3)</seealso>
    public static int LOG_PRI(int p) => p & LOG_PRIMASK;

    /// <summary>C's LOG_FAC: the number of the facility in a priority, without the shift that the constants have.</summary>
    /// <seealso href="https://man7.org/linux/man-pages/man3/syslog.3.html">syslog(3)</seealso>
    public static int LOG_FAC(int p) => (p & LOG_FACMASK) >> 3;
}
