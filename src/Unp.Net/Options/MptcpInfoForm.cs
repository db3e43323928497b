using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi.Linux;

namespace Unp.Net;

/// <summary>The form of MptcpInfo. The length of the kernel's structure says which of its fields exist.</summary>
sealed class MptcpInfoForm() : OptionForm<MptcpInfo>("mptcp_info", Unsafe.SizeOf<MptcpAppended.Info>())
{
    // The structure ends with padding, in which later versions have placed fields. So a field exists if the structure contains the end of
    // the version that added it.
    const int EndOf6_5 = 80;
    const int EndOf6_8 = 88;
    const int EndOf6_10 = 96;

    public override MptcpInfo Decode(ReadOnlySpan<byte> bytes)
    {
        MptcpAppended.Info info = default;
        bytes[..Math.Min(bytes.Length, Size)].CopyTo(MemoryMarshal.AsBytes(new Span<MptcpAppended.Info>(ref info)));
        ref mptcp_info head = ref info.head;
        ref MptcpAppended.Tail tail = ref info.tail;
        bool has6_5 = bytes.Length >= EndOf6_5;
        bool has6_10 = bytes.Length >= EndOf6_10;
        return new()
        {
            Subflows = head.mptcpi_subflows,
            AddAddrSignal = head.mptcpi_add_addr_signal,
            AddAddrAccepted = head.mptcpi_add_addr_accepted,
            SubflowsMax = head.mptcpi_subflows_max,
            AddAddrSignalMax = head.mptcpi_add_addr_signal_max,
            AddAddrAcceptedMax = head.mptcpi_add_addr_accepted_max,
            Flags = (int)head.mptcpi_flags,
            Token = head.mptcpi_token,
            WriteSeq = head.mptcpi_write_seq,
            SndUna = head.mptcpi_snd_una,
            RcvNxt = head.mptcpi_rcv_nxt,
            LocalAddrUsed = head.mptcpi_local_addr_used,
            LocalAddrMax = head.mptcpi_local_addr_max,
            CsumEnabled = head.mptcpi_csum_enabled != 0,
            Retransmits = has6_5 ? tail.mptcpi_retransmits : null,
            BytesRetrans = has6_5 ? tail.mptcpi_bytes_retrans : null,
            BytesSent = has6_5 ? tail.mptcpi_bytes_sent : null,
            BytesReceived = has6_5 ? tail.mptcpi_bytes_received : null,
            BytesAcked = has6_5 ? tail.mptcpi_bytes_acked : null,
            SubflowsTotal = bytes.Length >= EndOf6_8 ? tail.mptcpi_subflows_total : null,
            EndpLaminarMax = tail.mptcpi_endp_laminar_max,
            EndpFullmeshMax = tail.mptcpi_endp_fullmesh_max,
            LastDataSent = has6_10 ? Milliseconds(tail.mptcpi_last_data_sent) : null,
            LastDataRecv = has6_10 ? Milliseconds(tail.mptcpi_last_data_recv) : null,
            LastAckRecv = has6_10 ? Milliseconds(tail.mptcpi_last_ack_recv) : null,
        };
    }

    public override int Encode(MptcpInfo value, Span<byte> bytes, SocketOption option) => throw new UnreachableException();

    static TimeSpan Milliseconds(uint count) => TimeSpan.FromMilliseconds((long)count);
}
