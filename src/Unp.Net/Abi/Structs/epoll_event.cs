using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>
    /// Requested or reported events, and data of the program (epoll_ctl(2)). It has the layout of Linux on arm64. <c>epoll_ctl</c> and
    /// <c>epoll_wait</c> convert it to and from the packed 12 bytes of x86-64.
    /// </summary>
    public struct epoll_event
    {
        /// <summary>The events (EPOLLIN, EPOLLOUT...) and flags (EPOLLET, EPOLLONESHOT...).</summary>
        public uint events;

        /// <summary>Data of the program, which each event returns unchanged.</summary>
        public epoll_data_t data;

        /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{events=EPOLLIN|EPOLLET, data={u32=5, u64=5}}"</c>.</summary>
        public override readonly string ToString() => $"{{events={ConstantNames.EpollEvents(events)}, data={data}}}";
    }

    /// <summary>Eight bytes of data of the program. The four fields share the same memory.</summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct epoll_data_t
    {
        /// <summary>The data as a pointer.</summary>
        [FieldOffset(0)] public nint ptr;

        /// <summary>The data as a descriptor, by convention the watched one.</summary>
        [FieldOffset(0)] public int fd;

        /// <summary>The data as a number of 32 bits.</summary>
        [FieldOffset(0)] public uint u32;

        /// <summary>The data as a number of 64 bits, all eight bytes.</summary>
        [FieldOffset(0)] public ulong u64;

        /// <summary>Returns the fields as <c>strace(1)</c> prints them: <c>"{u32=5, u64=5}"</c>.</summary>
        public override readonly string ToString() => $"{{u32={u32}, u64={u64}}}";
    }
}

namespace Unp.Net.Abi.Linux.X64
{
    /// <summary>The layout of the kernel on x86-64: packed, so it is the same for 32-bit programs.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct epoll_event(in Net.epoll_event neutral)
    {
        public uint events = neutral.events;
        public epoll_data_t data = neutral.data;

        /// <summary>Converts the packed events that the kernel wrote at the start of the buffer, in place.</summary>
        /// <param name="buffer">The buffer that was passed to the kernel.</param>
        /// <param name="count">The number of events that the kernel wrote.</param>
        public static void Unpack(Span<Net.epoll_event> buffer, int count)
        {
            var packed = MemoryMarshal.Cast<Net.epoll_event, epoll_event>(buffer);
            for (int i = count - 1; i >= 0; i--) // in descending order, because the packed events are before it
            {
                var item = packed[i];
                buffer[i] = new() { events = item.events, data = item.data };
            }
        }
    }
}
