using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>
    /// The first two bytes of every socket address. Linux has a 16-bit family; the BSDs have a length byte and an 8-bit family. The kernel
    /// of the
    /// BSDs fills in the length byte, and usually ignores it in an argument.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 2)]
    struct sa_head
    {
        [FieldOffset(0)] Linux.sa_head linux;
        [FieldOffset(0)] Bsd.sa_head bsd;

        public sa_head(int family, int length)
        {
            Family = family;
            Length = length;
        }

        public int Family
        {
            readonly get => Target.IsLinux ? linux.sa_family : bsd.sa_family;
            set
            {
                if (Target.IsLinux)
                    linux.sa_family = (ushort)value;
                else
                    bsd.sa_family = (byte)value;
            }
        }

        /// <summary>The size of the whole address. Linux does not store it.</summary>
        public int Length
        {
            set
            {
                if (!Target.IsLinux)
                    bsd.sa_len = (byte)value;
            }
        }
    }
}

namespace Unp.Net.Abi.Linux
{
    struct sa_head
    {
        public ushort sa_family;
    }
}

namespace Unp.Net.Abi.Bsd
{
    struct sa_head
    {
        public byte sa_len;
        public byte sa_family;
    }
}
