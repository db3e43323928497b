using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>Flags for sending an SCTP message.</summary>
[Flags]
public enum SctpSendModes
{
    /// <summary>In order, to the primary address.</summary>
    None = 0,

    /// <summary>The message is delivered on arrival, without waiting for earlier ones. SCTP_UNORDERED.</summary>
    Unordered = 1,

    /// <summary>The message goes to the given address, not to the primary one. SCTP_ADDR_OVER.</summary>
    AddressOverride = 2,

    /// <summary>Aborts the association; the message is the reason. SCTP_ABORT.</summary>
    Abort = 4,

    /// <summary>The message is the last. The association is closed after all data is sent. SCTP_EOF.</summary>
    Eof = 8,

    /// <summary>The message goes to every association of a one-to-many socket. SCTP_SENDALL.</summary>
    SendAll = 16,

    /// <summary>Requests an acknowledgement without delay from the peer. SCTP_SACK_IMMEDIATELY.</summary>
    SackImmediately = 32,
}

/// <summary>
/// The events that an SCTP socket reports (<see cref="SocketOptions.SctpEvents"/>, UNP 9.14): <see cref="DataIo"/> as ancillary data of
/// each
/// message, all others as separate messages with MSG_NOTIFICATION.
/// </summary>
[Flags]
public enum SctpEvents
{
    /// <summary>No event.</summary>
    None = 0,

    /// <summary>Each message carries its stream, association and more as an sctp_sndrcvinfo. sctp_data_io_event.</summary>
    DataIo = 1 << 0,

    /// <summary>An association begins or ends. sctp_association_event.</summary>
    Association = 1 << 1,

    /// <summary>A peer address was added, removed, or failed. sctp_address_event.</summary>
    Address = 1 << 2,

    /// <summary>A message could not be sent; the event contains its sctp_sndrcvinfo. sctp_send_failure_event.</summary>
    SendFailure = 1 << 3,

    /// <summary>The peer sent an error. sctp_peer_error_event.</summary>
    PeerError = 1 << 4,

    /// <summary>The peer sent SHUTDOWN. sctp_shutdown_event.</summary>
    Shutdown = 1 << 5,

    /// <summary>The rest of a partially read message will not arrive. sctp_partial_delivery_event.</summary>
    PartialDelivery = 1 << 6,

    /// <summary>The peer reported the layer that it runs above SCTP. sctp_adaptation_layer_event.</summary>
    AdaptationLayer = 1 << 7,

    /// <summary>A key became active or was freed. sctp_authentication_event.</summary>
    Authentication = 1 << 8,

    /// <summary>All data is sent and acknowledged. sctp_sender_dry_event.</summary>
    SenderDry = 1 << 9,

    /// <summary>Streams were reset. sctp_stream_reset_event.</summary>
    StreamReset = 1 << 10,

    /// <summary>An association was reset. sctp_assoc_reset_event, on Linux only.</summary>
    AssociationReset = 1 << 11,

    /// <summary>Streams were added. sctp_stream_change_event, on Linux only.</summary>
    StreamChange = 1 << 12,

    /// <summary>
    /// A message could not be sent; the event contains its sctp_sndinfo. sctp_send_failure_event_event, on Linux 5.5 and later only.
    /// </summary>
    SendFailureEvent = 1 << 13,
}

static class SctpSendMode
{
    internal static ushort Number(SctpSendModes modes) => (ushort)(
        (modes.HasFlag(SctpSendModes.Unordered) ? SCTP_UNORDERED : 0)
        | (modes.HasFlag(SctpSendModes.AddressOverride) ? SCTP_ADDR_OVER : 0)
        | (modes.HasFlag(SctpSendModes.Abort) ? SCTP_ABORT : 0)
        | (modes.HasFlag(SctpSendModes.Eof) ? SCTP_EOF : 0)
        | (modes.HasFlag(SctpSendModes.SendAll) ? SCTP_SENDALL : 0)
        | (modes.HasFlag(SctpSendModes.SackImmediately) ? SCTP_SACK_IMMEDIATELY : 0));

    /// <summary>Converts a number to modes. Bits that are not flags (the policy of partial reliability) are ignored.</summary>
    internal static SctpSendModes Of(int number) =>
        ((number & SCTP_UNORDERED) != 0 ? SctpSendModes.Unordered : 0)
        | ((number & SCTP_ADDR_OVER) != 0 ? SctpSendModes.AddressOverride : 0)
        | ((number & SCTP_ABORT) != 0 ? SctpSendModes.Abort : 0)
        | ((number & SCTP_EOF) != 0 ? SctpSendModes.Eof : 0)
        | ((number & SCTP_SENDALL) != 0 ? SctpSendModes.SendAll : 0)
        | ((number & SCTP_SACK_IMMEDIATELY) != 0 ? SctpSendModes.SackImmediately : 0);
}
