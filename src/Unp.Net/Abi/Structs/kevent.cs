using System.Runtime.InteropServices;

namespace Unp.Net
{
    /// <summary>
    /// A change or an event, and data of the program (kevent(2)). It has FreeBSD's layout of 64 bytes. <c>kevent</c>
    /// converts it to and from the 32 bytes of macOS.
    /// </summary>
    public unsafe struct kevent
    {
        /// <summary>The watched object, according to the filter: a descriptor, a signal, a process, or the number of a timer.</summary>
        public nuint ident;

        /// <summary>
        /// The kind of event: EVFILT_READ, EVFILT_WRITE, EVFILT_TIMER, EVFILT_SIGNAL, EVFILT_PROC, EVFILT_VNODE, EVFILT_USER...
        /// </summary>
        public short filter;

        /// <summary>The action (EV_ADD, EV_DELETE, EV_ENABLE, EV_CLEAR, EV_ONESHOT...), or the result (EV_EOF, EV_ERROR).</summary>
        public ushort flags;

        /// <summary>The filter's own flags: NOTE_*.</summary>
        public uint fflags;

        /// <summary>
        /// A number according to the filter: readable or writable bytes, expirations of a timer; with EV_ERROR the errno.
        /// </summary>
        public long data;

        /// <summary>Data of the program, which each event returns unchanged.</summary>
        public void* udata;

        /// <summary>Further numbers of some filters on FreeBSD; the last two are returned unchanged. Always 0 on macOS.</summary>
        public fixed ulong ext[4];

        /// <summary>
        /// Returns the fields as <c>strace(1)</c> prints them: <c>"{ident=5, filter=-1, flags=0x1, fflags=0x0, data=0, udata=0x0}"</c>.
        /// </summary>
        public override readonly string ToString() =>
            $"{{ident={ident}, filter={filter}, flags=0x{flags:x}, fflags=0x{fflags:x}, data={data}, udata=0x{(nuint)udata:x}}}";
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>A change or an event, and data of the program.</summary>
    unsafe struct kevent(in Net.kevent neutral)
    {
        public nuint ident = neutral.ident;
        public short filter = neutral.filter;
        public ushort flags = neutral.flags;
        public uint fflags = neutral.fflags;
        public long data = neutral.data;
        public void* udata = neutral.udata;

        /// <summary>Converts the shorter events that the kernel wrote at the start of the buffer, in place.</summary>
        /// <param name="buffer">The buffer that was passed to the kernel.</param>
        /// <param name="count">The number of events that the kernel wrote.</param>
        public static void Unpack(Span<Net.kevent> buffer, int count)
        {
            var written = MemoryMarshal.Cast<Net.kevent, kevent>(buffer);
            for (int i = count - 1; i >= 0; i--) // in descending order, because the unconverted events are before it
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
