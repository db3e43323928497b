using System.Runtime.InteropServices;

namespace Unp.Net
{
    /// <summary>
    /// What to wait for, or what has happened, and the program's own data. (epoll_ctl(2)) Linux's on arm64, and the same bytes wherever a
    /// program passes it: x86-64 packs it into 12 bytes, and <c>epoll_ctl</c> and <c>epoll_wait</c> translate.
    /// </summary>
    public struct epoll_event
    {
        /// <summary>EPOLLIN, EPOLLOUT... and how to watch: EPOLLET, EPOLLONESHOT...</summary>
        public uint events;

        /// <summary>Comes back with each event as it was given.</summary>
        public epoll_data_t data;
    }

    /// <summary>Eight bytes of the program's own, under four names: they share their place.</summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct epoll_data_t
    {
        /// <summary>A pointer.</summary>
        [FieldOffset(0)] public nint ptr;

        /// <summary>A descriptor: by custom the one that is watched.</summary>
        [FieldOffset(0)] public int fd;

        /// <summary>A number of 32 bits.</summary>
        [FieldOffset(0)] public uint u32;

        /// <summary>A number of 64 bits: all of it.</summary>
        [FieldOffset(0)] public ulong u64;
    }
}

namespace Unp.Net.Abi.Linux.X64
{
    /// <summary>As the kernel reads and writes it on x86-64: packed, so that it is the same for 32-bit programs.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct epoll_event(in Net.epoll_event neutral)
    {
        public uint events = neutral.events;
        public epoll_data_t data = neutral.data;

        /// <summary>Brings the packed events that the kernel wrote to the start of the buffer to their places.</summary>
        /// <param name="buffer">What the kernel was given, and room for as many packed events.</param>
        /// <param name="count">How many it wrote.</param>
        public static void Unpack(Span<Net.epoll_event> buffer, int count)
        {
            var packed = MemoryMarshal.Cast<Net.epoll_event, epoll_event>(buffer);
            for (int i = count - 1; i >= 0; i--) // the last first: what is still packed lies before it
            {
                var item = packed[i];
                buffer[i] = new() { events = item.events, data = item.data };
            }
        }
    }
}
