using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>Hints and results of <c>getaddrinfo</c>.</summary>
    [StructLayout(LayoutKind.Explicit)]
    unsafe struct addrinfo
    {
        [FieldOffset(0)] Linux.addrinfo linux;
        [FieldOffset(0)] Bsd.addrinfo bsd;

        /// <summary>Creates hints for a look-up. All other fields are null, as required.</summary>
        public addrinfo(int flags, int family, int socktype, int protocol)
        {
            linux.ai_flags = flags;
            linux.ai_family = family;
            linux.ai_socktype = socktype;
            linux.ai_protocol = protocol;
        }

        public readonly int ai_family => linux.ai_family;

        public readonly int ai_socktype => linux.ai_socktype;

        public readonly int ai_protocol => linux.ai_protocol;

        /// <summary>The socket address, <c>ai_addrlen</c> bytes.</summary>
        public readonly ReadOnlySpan<byte> ai_addr => new(Target.IsLinux ? linux.ai_addr : bsd.ai_addr, (int)linux.ai_addrlen);

        public readonly byte* ai_canonname => Target.IsLinux ? linux.ai_canonname : bsd.ai_canonname;

        public readonly addrinfo* ai_next => (addrinfo*)linux.ai_next;
    }
}

namespace Unp.Net.Abi.Linux
{
    /// <summary>Hints and results of <c>getaddrinfo</c>.</summary>
    unsafe struct addrinfo
    {
        public int ai_flags;
        public int ai_family;
        public int ai_socktype;
        public int ai_protocol;
        public uint ai_addrlen;
        public void* ai_addr;
        public byte* ai_canonname;
        public addrinfo* ai_next;
    }
}

namespace Unp.Net.Abi.Bsd
{
    /// <summary>Hints and results of <c>getaddrinfo</c>. On the BSDs the name comes before the address.</summary>
    unsafe struct addrinfo
    {
        public int ai_flags;
        public int ai_family;
        public int ai_socktype;
        public int ai_protocol;
        public uint ai_addrlen;
        public byte* ai_canonname;
        public void* ai_addr;
        public addrinfo* ai_next;
    }
}
