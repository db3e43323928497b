using static Unp.Net.Abi.Constant;

namespace Unp.Net;

// Requests of ioctl for sockets and descriptors in general. They are unsigned because the BSDs encode direction and size in the upper bits.
// The columns: Linux, macOS, FreeBSD.
public static partial class Libc
{
    /// <summary>Bytes that can be read at once, an int.</summary>
    public static uint FIONREAD => Unsigned(0x541B, 0x4004667F, 0x4004667F);

    /// <summary>Turns non-blocking mode on or off, an int, like <see cref="O_NONBLOCK"/>.</summary>
    public static uint FIONBIO => Unsigned(0x5421, 0x8004667E, 0x8004667E);

    /// <summary>Turns signals for readiness on or off, an int, like <see cref="O_ASYNC"/>.</summary>
    public static uint FIOASYNC => Unsigned(0x5452, 0x8004667D, 0x8004667D);

    /// <summary>Close-on-exec on; no argument.</summary>
    public static uint FIOCLEX => Unsigned(0x5451, 0x20006601, 0x20006601);

    /// <summary>Close-on-exec off; no argument.</summary>
    public static uint FIONCLEX => Unsigned(0x5450, 0x20006602, 0x20006602);

    /// <summary>Like <see cref="F_SETOWN"/>; the argument is a pointer to an int.</summary>
    public static uint FIOSETOWN => Unsigned(0x8901, 0x8004667C, 0x8004667C);

    /// <summary>Like <see cref="F_GETOWN"/>; the argument is a pointer to an int.</summary>
    public static uint FIOGETOWN => Unsigned(0x8903, 0x4004667B, 0x4004667B);

    /// <summary>Bytes in the send buffer, an int. FreeBSD only.</summary>
    public static uint FIONWRITE => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x40046677);

    /// <summary>Bytes of room in the send buffer, an int. FreeBSD only.</summary>
    public static uint FIONSPACE => Unsigned(AbsentUnsigned, AbsentUnsigned, 0x40046676);

    /// <summary>Whether the next byte to read is the one after the urgent data, an int.</summary>
    public static uint SIOCATMARK => Unsigned(0x8905, 0x40047307, 0x40047307);

    /// <summary>Like <see cref="F_SETOWN"/>; the argument is a pointer to an int.</summary>
    public static uint SIOCSPGRP => Unsigned(0x8902, 0x80047308, 0x80047308);

    /// <summary>Like <see cref="F_GETOWN"/>; the argument is a pointer to an int.</summary>
    public static uint SIOCGPGRP => Unsigned(0x8904, 0x40047309, 0x40047309);

    /// <summary>Bytes in the receive buffer, an int, with the number of <see cref="FIONREAD"/>. Linux only.</summary>
    public static uint SIOCINQ => Unsigned(0x541B, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Bytes in the send buffer: for TCP, not acknowledged yet. An int. (tcp(7)) Linux only.</summary>
    public static uint SIOCOUTQ => Unsigned(0x5411, AbsentUnsigned, AbsentUnsigned);

    /// <summary>Bytes in a terminal's output queue, an int; for sockets on Linux it is the same as <see cref="SIOCOUTQ"/>.</summary>
    public static uint TIOCOUTQ => Unsigned(0x5411, 0x40047473, 0x40047473);
}
