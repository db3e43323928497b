using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>What to watch, or what has happened, and the program's own data. FreeBSD's; macOS has no <see cref="ext"/>.</summary>
    unsafe struct kevent
    {
        public nuint ident;
        public short filter;
        public ushort flags;
        public uint fflags;
        public long data;
        public void* udata;
        public fixed ulong ext[4];
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>What to watch, or what has happened, and the program's own data.</summary>
    unsafe struct kevent(in Abi.kevent neutral)
    {
        public nuint ident = neutral.ident;
        public short filter = neutral.filter;
        public ushort flags = neutral.flags;
        public uint fflags = neutral.fflags;
        public long data = neutral.data;
        public void* udata = neutral.udata;

        /// <summary>Brings the shorter events that the kernel wrote to the start of the buffer to their places.</summary>
        /// <param name="buffer">What the kernel was given, and room for as many of its own.</param>
        /// <param name="count">How many it wrote.</param>
        public static void Unpack(Span<Abi.kevent> buffer, int count)
        {
            var written = MemoryMarshal.Cast<Abi.kevent, kevent>(buffer);
            for (int i = count - 1; i >= 0; i--) // the last first: what is still to move lies before it
            {
                var item = written[i];
                buffer[i] = new()
                {
                    ident = item.ident,
                    filter = item.filter,
                    flags = item.flags,
                    fflags = item.fflags,
                    data = item.data,
                    udata = item.udata,
                };
            }
        }
    }
}
