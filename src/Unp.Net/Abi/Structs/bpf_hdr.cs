using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net
{
    /// <summary>
    /// The header of a packet in the records that <c>read</c> returns from a capture device, /dev/bpf (bpf(4)). Not on Linux.
    /// </summary>
    /// <remarks>The times of the systems have different sizes. This is the form of FreeBSD, into which macOS's is converted.</remarks>
    public struct bpf_hdr
    {
        /// <summary>The time of the packet, with microseconds.</summary>
        public timeval bh_tstamp;

        /// <summary>The number of captured bytes.</summary>
        public uint bh_caplen;

        /// <summary>The number of bytes that the packet had.</summary>
        public uint bh_datalen;

        /// <summary>The distance of the packet from the start of this header.</summary>
        public ushort bh_hdrlen;

        /// <summary>Takes the next packet from records. A record that ends after the records is not returned.</summary>
        /// <param name="records">The bytes that <c>read</c> returned; on return those after the packet.</param>
        /// <param name="header">The header.</param>
        /// <param name="packet">The captured bytes.</param>
        /// <returns>False if no whole record is left.</returns>
        /// <exception cref="PlatformNotSupportedException">The system has no /dev/bpf.</exception>
        public static bool TryReadNext(scoped ref ReadOnlySpan<byte> records, out bpf_hdr header, out ReadOnlySpan<byte> packet)
        {
            int alignment = Libc.BPF_ALIGNMENT;
            header = default;
            packet = default;
            if (records.Length < MinLength)
                return false;
            header = Read(records);
            if (header.bh_hdrlen < MinLength || header.bh_hdrlen > records.Length
                || header.bh_caplen > (uint)(records.Length - header.bh_hdrlen))
                return false;
            int end = header.bh_hdrlen + (int)header.bh_caplen;
            packet = records[header.bh_hdrlen..end];

            // The record is padded to the alignment, but the last one need not be.
            records = records[Math.Min(records.Length, (end + alignment - 1) & -alignment)..];
            return true;
        }

        /// <summary>Returns the time and the lengths.</summary>
        public override readonly string ToString() => $"{{bh_tstamp={bh_tstamp}, bh_caplen={bh_caplen}, bh_datalen={bh_datalen}}}";

        /// <summary>Gets the number of bytes up to the end of the last field. The kernel does not count the padding after it.</summary>
        static int MinLength => Target.IsMacOS ? 18 : 26;

        static bpf_hdr Read(ReadOnlySpan<byte> record)
        {
            if (!Target.IsMacOS)
                return ReadStart<bpf_hdr>(record);
            var own = ReadStart<Abi.Darwin.bpf_hdr>(record);
            return new bpf_hdr
            {
                bh_tstamp = new timeval(own.bh_tstamp.tv_sec, own.bh_tstamp.tv_usec),
                bh_caplen = own.bh_caplen,
                bh_datalen = own.bh_datalen,
                bh_hdrlen = own.bh_hdrlen,
            };
        }

        /// <summary>Reads a header without its padding, because the packet begins there and may be shorter.</summary>
        static T ReadStart<T>(ReadOnlySpan<byte> record)
            where T : unmanaged
        {
            T header = default;
            record[..MinLength].CopyTo(MemoryMarshal.AsBytes(new Span<T>(ref header)));
            return header;
        }
    }

    /// <summary>A program of classic BPF, the value of <c>BIOCSETF</c>. Not on Linux.</summary>
    public unsafe struct bpf_program
    {
        /// <summary>The number of instructions.</summary>
        public uint bf_len;

        /// <summary>The first instruction.</summary>
        public sock_filter* bf_insns;

        /// <summary>Returns the number of instructions, and the address of the first one.</summary>
        public override readonly string ToString() => $"{{bf_len={bf_len}, bf_insns=0x{(nuint)bf_insns:x}}}";
    }

    /// <summary>The counters of a capture device. Not on Linux.</summary>
    public struct bpf_stat
    {
        /// <summary>The number of packets that passed the filter, dropped ones included.</summary>
        public uint bs_recv;

        /// <summary>The number of packets that were dropped, because both buffers were full.</summary>
        public uint bs_drop;

        /// <summary>Returns the counters.</summary>
        public override readonly string ToString() => $"{{bs_recv={bs_recv}, bs_drop={bs_drop}}}";
    }

    /// <summary>The version of a kernel's filter language. Not on Linux.</summary>
    public struct bpf_version
    {
        /// <summary>The version, whose programs no other version runs.</summary>
        public ushort bv_major;

        /// <summary>The number of the additions.</summary>
        public ushort bv_minor;

        /// <summary>Returns the version: <c>"1.1"</c>.</summary>
        public override readonly string ToString() => $"{bv_major}.{bv_minor}";
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>A time of 32 bits, whatever the process has.</summary>
    struct timeval32
    {
        public int tv_sec;
        public int tv_usec;
    }

    struct bpf_hdr
    {
        public timeval32 bh_tstamp;
        public uint bh_caplen;
        public uint bh_datalen;
        public ushort bh_hdrlen;
    }
}
