using Unp.Net.Abi;

namespace Unp.Net;

/// <summary>SCTP's structures, of the associations to come.</summary>
static class SctpForms
{
    public static OptionForm<uint> AssociationValue { get; } = new OptionForm<sctp_assoc_value, uint>(
        "sctp_assoc_value", static raw => raw.assoc_value, static (value, _) => new() { assoc_value = value });

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
        static raw => new(Time(raw.srto_initial), Time(raw.srto_max), Time(raw.srto_min)),
        static (value, option) => new()
        {
            srto_initial = Milliseconds(value.Initial, option),
            srto_max = Milliseconds(value.Max, option),
            srto_min = Milliseconds(value.Min, option),
        });

    public static OptionForm<SctpAssocInfo> AssocInfo { get; } = Target.IsLinux
        ? new OptionForm<Abi.Linux.sctp_assocparams, SctpAssocInfo>(
            "sctp_assocparams",
            static raw => new(
                raw.sasoc_asocmaxrxt, Time(raw.sasoc_cookie_life), raw.sasoc_number_peer_destinations, raw.sasoc_peer_rwnd, raw.sasoc_local_rwnd),
            static (value, option) => new()
            {
                sasoc_asocmaxrxt = value.MaxRetransmits,
                sasoc_cookie_life = Milliseconds(value.CookieLife, option),
            })
        : new OptionForm<Abi.FreeBsd.sctp_assocparams, SctpAssocInfo>(
            "sctp_assocparams",
            static raw => new(
                raw.sasoc_asocmaxrxt, Time(raw.sasoc_cookie_life), raw.sasoc_number_peer_destinations, raw.sasoc_peer_rwnd, raw.sasoc_local_rwnd),
            static (value, option) => new()
            {
                sasoc_asocmaxrxt = value.MaxRetransmits,
                sasoc_cookie_life = Milliseconds(value.CookieLife, option),
            });

    static TimeSpan Time(uint milliseconds) => TimeSpan.FromMilliseconds((long)milliseconds);

    static uint Milliseconds(TimeSpan value, SocketOption option, int most = int.MaxValue) =>
        (uint)TimeForms.Units(value, TimeSpan.TicksPerMillisecond, "milliseconds", option, most);
}
