using System.Runtime.InteropServices;

namespace Unp.Net
{
    /// <summary>
    /// What to watch, or what has happened, and the program's own data (kevent(2)). FreeBSD's 64 bytes; macOS has 32, and <c>kevent</c> translates.
    /// </summary>
    public unsafe struct kevent
    {
        /// <summary>What is watched: a descriptor, a signal, a process, a timer's number; which, the filter says.</summary>
        public nuint ident;

        /// <summary>The kind of event: EVFILT_READ, EVFILT_WRITE, EVFILT_TIMER, EVFILT_SIGNAL, EVFILT_PROC, EVFILT_VNODE, EVFILT_USER...</summary>
        public short filter;

        /// <summary>What to do (EV_ADD, EV_DELETE, EV_ENABLE, EV_CLEAR, EV_ONESHOT...), or how it is (EV_EOF, EV_ERROR).</summary>
        public ushort flags;

        /// <summary>The filter's own flags: NOTE_*.</summary>
        public uint fflags;

        /// <summary>The filter's own number: bytes that can be read or written, times a timer ran out, an errno with EV_ERROR.</summary>
        public long data;

        /// <summary>Comes back with each event as it was given.</summary>
        public void* udata;

        /// <summary>FreeBSD's further numbers of some filters; the last two come back as they were given. Always 0 on macOS.</summary>
        public fixed ulong ext[4];
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>What to watch, or what has happened, and the program's own data.</summary>
    unsafe struct kevent(in Net.kevent neutral)
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
        public static void Unpack(Span<Net.kevent> buffer, int count)
        {
            var written = MemoryMarshal.Cast<Net.kevent, kevent>(buffer);
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
