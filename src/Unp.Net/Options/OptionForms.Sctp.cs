using Unp.Net.Abi;
using static Unp.Net.Libc;

namespace Unp.Net;

/// <summary>SCTP's structures. If a structure has an association id or an address, reading it needs them as input.</summary>
static partial class SctpForms
{
    public static OptionForm<SctpAssocValue> AssocValue { get; } = new OptionForm<sctp_assoc_value, SctpAssocValue>(
        "sctp_assoc_value",
        static raw => new(raw.assoc_value, raw.assoc_id),
        static (value, _) => new() { assoc_id = value.AssociationId, assoc_value = value.Value },
        ask: static (question, _) => new() { assoc_id = question.AssociationId });

    public static OptionForm<SctpInitMsg> InitMsg { get; } = new OptionForm<sctp_initmsg, SctpInitMsg>(
        "sctp_initmsg",
        static raw => new(raw.sinit_num_ostreams, raw.sinit_max_instreams, raw.sinit_max_attempts, Time(raw.sinit_max_init_timeo)),
        static (value, option) => new()
        {
            sinit_num_ostreams = value.OutStreams,
            sinit_max_instreams = value.MaxInStreams,
            sinit_max_attempts = value.MaxAttempts,
            sinit_max_init_timeo = (ushort)Milliseconds(value.MaxTimeout, option, ushort.MaxValue),
        });

    public static OptionForm<SctpRtoInfo> RtoInfo { get; } = new OptionForm<sctp_rtoinfo, SctpRtoInfo>(
        "sctp_rtoinfo",
        static raw => new(Time(raw.srto_initial), Time(raw.srto_max), Time(raw.srto_min)) { AssociationId = raw.srto_assoc_id },
        static (value, option) => new()
        {
            srto_assoc_id = value.AssociationId,
            srto_initial = Milliseconds(value.Initial, option),
            srto_max = Milliseconds(value.Max, option),
            srto_min = Milliseconds(value.Min, option),
        },
        ask: static (question, _) => new() { srto_assoc_id = question.AssociationId });

    public static OptionForm<SctpAssocInfo> AssocInfo { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_assocparams, SctpAssocInfo>(
            "sctp_assocparams",
            static raw => Value(raw.Neutral),
            static (value, option) => new(Raw(value, option)),
            ask: static (question, _) => new() { sasoc_assoc_id = question.AssociationId })
        : new OptionForm<sctp_assocparams, SctpAssocInfo>(
            "sctp_assocparams", Value, Raw, ask: static (question, _) => new() { sasoc_assoc_id = question.AssociationId });

    public static OptionForm<SctpDefaultSendParam> SendParam { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_sndrcvinfo, SctpDefaultSendParam>(
            "sctp_sndrcvinfo",
            static raw => Value(raw.Neutral),
            static (value, option) => new(Raw(value, option)),
            ask: static (question, _) => new() { sinfo_assoc_id = question.AssociationId })
        : new OptionForm<sctp_sndrcvinfo, SctpDefaultSendParam>(
            "sctp_sndrcvinfo", Value, Raw, ask: static (question, _) => new() { sinfo_assoc_id = question.AssociationId });

    public static OptionForm<SctpEvents> Events { get; } = new SctpEventsForm();

    static SctpAssocInfo Value(sctp_assocparams raw) =>
        new(
            raw.sasoc_asocmaxrxt,
            Time(raw.sasoc_cookie_life),
            raw.sasoc_number_peer_destinations,
            raw.sasoc_peer_rwnd,
            raw.sasoc_local_rwnd)
        {
            AssociationId = raw.sasoc_assoc_id,
        };

    static sctp_assocparams Raw(SctpAssocInfo value, SocketOption option) => new()
    {
        sasoc_assoc_id = value.AssociationId,
        sasoc_asocmaxrxt = value.MaxRetransmits,
        sasoc_cookie_life = Milliseconds(value.CookieLife, option),
    };

    static SctpDefaultSendParam Value(sctp_sndrcvinfo raw) => new(
        raw.sinfo_stream,
        SctpSendMode.Of(raw.sinfo_flags),
        ntohl(raw.sinfo_ppid),
        raw.sinfo_context,
        Time(raw.sinfo_timetolive),
        raw.sinfo_assoc_id);

    static sctp_sndrcvinfo Raw(SctpDefaultSendParam value, SocketOption option) => new()
    {
        sinfo_stream = value.Stream,
        sinfo_flags = SctpSendMode.Number(value.Modes),
        sinfo_ppid = htonl(value.PayloadProtocol),
        sinfo_context = value.Context,
        sinfo_timetolive = Milliseconds(value.TimeToLive, option),
        sinfo_assoc_id = value.AssociationId,
    };

    static TimeSpan Time(uint milliseconds) => TimeSpan.FromMilliseconds((long)milliseconds);

    static uint Milliseconds(TimeSpan value, SocketOption option, int max = int.MaxValue) =>
        (uint)TimeForms.Units(value, TimeSpan.TicksPerMillisecond, "milliseconds", option, max);
}
