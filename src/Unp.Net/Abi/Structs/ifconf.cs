using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>The buffer of SIOCGIFCONF and its length (UNP 17.5). Only macOS packs the structure.</summary>
    unsafe struct ifconf
    {
        public int ifc_len;
        public byte* ifc_buf;

        /// <summary>Returns the size of the first entry in the buffer, which may exceed the buffer.</summary>
        internal static int EntrySize(ReadOnlySpan<byte> entries)
        {
            if (Target.IsLinux)
                return sizeof(Linux.ifreq);
            int addressLength = entries.Length > Libc.IFNAMSIZ ? entries[Libc.IFNAMSIZ] : 0; // sa_len
            return Libc.IFNAMSIZ + Math.Max(sizeof(sockaddr), addressLength);
        }

        /// <summary>Returns the bytes of the address of an entry.</summary>
        internal static ReadOnlySpan<byte> AddressIn(ReadOnlySpan<byte> entry)
        {
            ReadOnlySpan<byte> address = entry[Libc.IFNAMSIZ..];
            return address[..(Target.IsLinux ? sizeof(sockaddr) : Math.Min(address.Length, sizeof(sockaddr_storage)))];
        }
    }
}

namespace Unp.Net.Abi.Darwin
{
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    unsafe struct ifconf
    {
        public int ifc_len;
        public byte* ifc_buf;
    }
}
