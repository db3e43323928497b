using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>
/// The kqueue constants that the poller uses. They stand here because a libkqueue on Linux has FreeBSD's values, which Linux's tables lack.
/// </summary>
static class KqueueNumbers
{
    public const short READ = -1;
    public const short WRITE = -2;
    public const ushort ADD = 0x1;
    public const ushort DELETE = 0x2;
    public const ushort ENABLE = 0x4;
    public const ushort CLEAR = 0x20;
    public const ushort DISPATCH = 0x80;
    public const ushort ERROR = 0x4000;
    public const ushort EOF = 0x8000;
    public const uint LOWAT = 0x1;
    public const uint OOB = 0x2;
    public const uint TRIGGER = 0x1000000;

    // macOS only.
    public const short EXCEPT = -15;

    public static short USER => Target.IsMacOS ? (short)-10 : (short)-11;
}
