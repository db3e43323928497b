using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>
    /// A network interface as an address: index, name and link-layer address. The data contains the name and then the address. It has
    /// FreeBSD's
    /// layout; macOS has less space for data. An address is often truncated after its used part. Not on Linux.
    /// </summary>
    unsafe struct sockaddr_dl
    {
        public byte sdl_len;
        public byte sdl_family;
        public ushort sdl_index;
        public byte sdl_type;
        public byte sdl_nlen;
        public byte sdl_alen;
        public byte sdl_slen;
        public fixed byte sdl_data[46];

        /// <summary>Returns the interface's index from an address of any length (ancillary data of IP_RECVIF); 0: none.</summary>
        public static int IndexIn(ReadOnlySpan<byte> address)
        {
            sockaddr_dl whole = default;
            if (address.Length < (byte*)(&whole.sdl_index + 1) - (byte*)&whole)
                return 0;
            address[..Math.Min(address.Length, sizeof(sockaddr_dl))].CopyTo(MemoryMarshal.AsBytes(new Span<sockaddr_dl>(ref whole)));
            return whole.sdl_index;
        }
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>A network interface as an address.</summary>
    unsafe struct sockaddr_dl
    {
        public byte sdl_len;
        public byte sdl_family;
        public ushort sdl_index;
        public byte sdl_type;
        public byte sdl_nlen;
        public byte sdl_alen;
        public byte sdl_slen;
        public fixed byte sdl_data[12];
    }
}
