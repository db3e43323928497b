using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unp.Net.Abi;

namespace Unp.Net.AbiTests;

/// <summary>A constant or an error number; <see cref="Value"/> is null where the platform lacks it.</summary>
sealed record NamedValue(string Name, long? Value);

/// <summary>A struct under its C name.</summary>
sealed record Layout(string Name, int Size, IReadOnlyList<LayoutField> Fields);

/// <summary>A field under its C name. <see cref="IsSigned"/> is null if it is not an integer.</summary>
sealed record LayoutField(string Name, int Offset, int Size, bool? IsSigned)
{
    public override string ToString() =>
        $"{Size} bytes at {Offset}{(IsSigned is { } signed ? (signed ? ", signed" : ", unsigned") : "")}";
}

/// <summary>The contents of the Abi folder for one platform, read by reflection.</summary>
sealed record AbiTable(
    Platform Platform,
    IReadOnlyList<NamedValue> Constants,
    IReadOnlyList<NamedValue> Errnos,
    IReadOnlyList<Layout> Layouts)
{
    /// <summary>Building blocks of this project without a C struct. Their fields are proven in the structs that contain them.</summary>
    static readonly string[] NotInC =
    [
        nameof(sa_head), nameof(any_stat), nameof(mutex_room), nameof(mutexattr_room), nameof(inet_diag_address), nameof(inet_diag_cookie),
    ];

    /// <summary>Neutral structs that differ from C's struct on some platforms, with the platforms on which they are equal.</summary>
    static readonly Dictionary<Type, Func<Platform, bool>> InC = new()
    {
        [typeof(sigset_t)] = _ => false,
        [typeof(epoll_event)] = p => p is { System: UnixSystem.Linux, Architecture: Architecture.Arm64 },
        [typeof(epoll_data_t)] = p => p.System == UnixSystem.Linux,
        [typeof(kevent)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(in_pktinfo)] = p => p.System != UnixSystem.FreeBSD,
        [typeof(msghdr)] = p => p is { System: UnixSystem.Linux, IsMusl: false },
        [typeof(Abi.Linux.cmsghdr)] = p => !p.IsMusl,
        [typeof(mmsghdr)] = p => p.System == UnixSystem.Linux,
        [typeof(xucred)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(sockaddr_dl)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(itimerspec)] = p => p.System != UnixSystem.MacOS,
        [typeof(siginfo_t)] = _ => false,
        [typeof(ifreq)] = _ => false,
        [typeof(arpreq)] = _ => false,
        [typeof(rtentry)] = _ => false,
        [typeof(ifconf)] = p => p.System != UnixSystem.MacOS,
        [typeof(termios)] = p => p.System == UnixSystem.MacOS,
        [typeof(signalfd_siginfo)] = p => p.System == UnixSystem.Linux,
        [typeof(group_req)] = p => p.System != UnixSystem.MacOS,
        [typeof(group_source_req)] = p => p.System != UnixSystem.MacOS,
        [typeof(posix_spawnattr_t)] = p => p.System == UnixSystem.Linux,
        [typeof(posix_spawn_file_actions_t)] = p => p.System == UnixSystem.Linux,
        [typeof(sctp_assocparams)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(sctp_paddrinfo)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(sctp_paddrparams)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(sctp_setpeerprim)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(sctp_setprim)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(sctp_sndrcvinfo)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(sockaddr_nl)] = p => p.System == UnixSystem.Linux,
        [typeof(nlmsghdr)] = p => p.System == UnixSystem.Linux,
        [typeof(nlmsgerr)] = p => p.System == UnixSystem.Linux,
        [typeof(genlmsghdr)] = p => p.System == UnixSystem.Linux,
        [typeof(nlattr)] = p => p.System == UnixSystem.Linux,
        [typeof(rtattr)] = p => p.System == UnixSystem.Linux,
        [typeof(rtgenmsg)] = p => p.System == UnixSystem.Linux,
        [typeof(rtmsg)] = p => p.System == UnixSystem.Linux,
        [typeof(rtnexthop)] = p => p.System == UnixSystem.Linux,
        [typeof(rta_cacheinfo)] = p => p.System == UnixSystem.Linux,
        [typeof(ifinfomsg)] = p => p.System == UnixSystem.Linux,
        [typeof(ifaddrmsg)] = p => p.System == UnixSystem.Linux,
        [typeof(ifa_cacheinfo)] = p => p.System == UnixSystem.Linux,
        [typeof(ndmsg)] = p => p.System == UnixSystem.Linux,
        [typeof(nda_cacheinfo)] = p => p.System == UnixSystem.Linux,
        [typeof(sock_filter)] = p => p.System == UnixSystem.Linux,
        [typeof(sock_fprog)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket_req3)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket_bd_ts)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket_hdr_v1)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket_block_desc)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket_hdr_variant1)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket3_hdr)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket_stats_v3)] = p => p.System == UnixSystem.Linux,
        [typeof(tpacket_auxdata)] = p => p.System == UnixSystem.Linux,
        [typeof(packet_mreq)] = p => p.System == UnixSystem.Linux,
        [typeof(bpf_hdr)] = p => p.System == UnixSystem.FreeBSD,
        [typeof(bpf_program)] = p => p.System != UnixSystem.Linux,
        [typeof(bpf_stat)] = p => p.System != UnixSystem.Linux,
        [typeof(bpf_version)] = p => p.System != UnixSystem.Linux,
        [typeof(fib_rule_hdr)] = p => p.System == UnixSystem.Linux,
        [typeof(rtnl_link_stats64)] = p => p.System == UnixSystem.Linux,
        [typeof(inet_diag_sockid)] = p => p.System == UnixSystem.Linux,
        [typeof(inet_diag_req_v2)] = p => p.System == UnixSystem.Linux,
        [typeof(inet_diag_msg)] = p => p.System == UnixSystem.Linux,
        [typeof(unix_diag_req)] = p => p.System == UnixSystem.Linux,
        [typeof(unix_diag_msg)] = p => p.System == UnixSystem.Linux,
        [typeof(unix_diag_vfs)] = p => p.System == UnixSystem.Linux,
        [typeof(unix_diag_rqlen)] = p => p.System == UnixSystem.Linux,
        [typeof(sctp_status)] = p => p.System == UnixSystem.FreeBSD,
    };

    /// <summary>The C prefix of the fields in the <see cref="sa_head"/> at the start of a struct.</summary>
    static readonly Dictionary<string, string> HeadPrefixes = new()
    {
        [nameof(sockaddr)] = "sa_",
        [nameof(sockaddr_in)] = "sin_",
        [nameof(sockaddr_in6)] = "sin6_",
        [nameof(sockaddr_storage)] = "ss_",
    };

    public IEnumerable<NamedValue> Values => Constants.Concat(Errnos);

    /// <summary>The subjects that can be proven: existing constants, structs, fields.</summary>
    public IEnumerable<string> Subjects =>
    [
        .. Values.Where(v => v.Value != null).Select(v => v.Name),
        .. Layouts.Select(l => l.Name),
        .. Layouts.SelectMany(l => l.Fields.Select(f => $"{l.Name}.{f.Name}")),
    ];

    /// <summary>Returns the table with every number made wrong.</summary>
    public AbiTable Falsified() => this with
    {
        Constants = [.. Constants.Select(c => c with { Value = c.Value + 1 })],
        Errnos = [.. Errnos.Select(e => e with { Value = e.Value + 1 })],
        Layouts = [.. Layouts.Select(l => l with { Size = l.Size + 1, Fields = [.. l.Fields.Select(Shifted)] })],
    };

    public static AbiTable Of(Platform platform) => Target.On(platform, () => new AbiTable(
        platform,
        [.. ConstantsOf(typeof(Libc)).OrderBy(c => c.Name, StringComparer.Ordinal)],
        [.. ErrnosOf().OrderBy(e => e.Name, StringComparer.Ordinal)],
        [.. StructsOf(platform).Select(type => LayoutOf(type, platform.System))]));

    static LayoutField Shifted(LayoutField field) => field with { Offset = field.Offset + 1 };

    static IEnumerable<NamedValue> ConstantsOf(Type type)
    {
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            yield return new(field.Name, Convert.ToInt64(field.GetRawConstantValue(), null));
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            yield return new(property.Name, Read(property));
    }

    static long? Read(PropertyInfo property)
    {
        try
        {
            return Convert.ToInt64(property.GetValue(null), null);
        }
        catch (TargetInvocationException e) when (e.InnerException is PlatformNotSupportedException)
        {
            return null;
        }
    }

    static IEnumerable<NamedValue> ErrnosOf() =>
        from property in typeof(Errno).GetProperties(BindingFlags.Public | BindingFlags.Static)
        where property.PropertyType == typeof(Errno)
        let value = ((Errno)property.GetValue(null)!).Value
        select new NamedValue(property.Name, value < 0 ? null : value);

    /// <summary>Returns the structs of a platform. The namespace of a struct determines its systems and architectures.</summary>
    static IEnumerable<Type> StructsOf(Platform platform)
    {
        string own = platform.System switch
        {
            UnixSystem.Linux => "Unp.Net.Abi.Linux",
            UnixSystem.MacOS => "Unp.Net.Abi.Darwin",
            _ => "Unp.Net.Abi.FreeBsd",
        };
        string[] namespaces =
        [
            "Unp.Net", "Unp.Net.Abi", own, $"{own}.{platform.Architecture}",
            .. platform.System == UnixSystem.Linux ? (string[])[] : ["Unp.Net.Abi.Bsd"],
            .. platform.IsMusl ? ["Unp.Net.Abi.Linux.Musl"] : (string[])[],
        ];
        return typeof(AbiTable).Assembly.GetTypes()
            .Where(t => t.IsValueType && !t.IsNested && t != typeof(Errno) && namespaces.Contains(t.Namespace))
            .Where(t => !NotInC.Contains(t.Name))
            .Where(t => !InC.TryGetValue(t, out var isInC) || isInC(platform))
            .OrderBy(t => t.Name, StringComparer.Ordinal)
            .ThenBy(t => t.Namespace, StringComparer.Ordinal);
    }

    static Layout LayoutOf(Type type, UnixSystem system)
    {
        bool isArray = type.IsDefined(typeof(InlineArrayAttribute));
        return new(type.Name, SizeOf(type), isArray ? [] : [.. FieldsOf(type, system, 0, HeadPrefixes.GetValueOrDefault(type.Name))]);
    }

    /// <summary>
    /// Returns the fields as in C. The fields of a <see cref="sa_head"/> get the prefix of the outer struct. From an overlay of systems
    /// (fields
    /// called linux, bsd, darwin, freebsd) only the field of this system is used. Padding (<c>__name</c>) is omitted.
    /// </summary>
    static IEnumerable<LayoutField> FieldsOf(Type type, UnixSystem system, int start, string? headPrefix)
    {
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            int offset = start + OffsetOf(field);
            bool? isOfThisSystem = field.Name switch
            {
                "linux" => system == UnixSystem.Linux,
                "bsd" => system != UnixSystem.Linux,
                "darwin" => system == UnixSystem.MacOS,
                "freebsd" => system == UnixSystem.FreeBSD,
                _ => null,
            };
            if (field.FieldType == typeof(sa_head) || isOfThisSystem == true)
            {
                foreach (var inner in FieldsOf(field.FieldType, system, offset, headPrefix))
                    yield return inner;
            }
            else if (isOfThisSystem == null && !field.Name.StartsWith("__", StringComparison.Ordinal))
            {
                string name = headPrefix != null && type.Name == nameof(sa_head) ? headPrefix + field.Name["sa_".Length..] : field.Name;
                yield return new(name, offset, SizeOf(field.FieldType), IsSigned(field.FieldType));
            }
        }
    }

    static bool? IsSigned(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 => true,
        TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => false,
        _ => null,
    };

    static int SizeOf(Type type)
    {
        var method = new DynamicMethod("", typeof(int), [], typeof(AbiTable).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        il.Emit(OpCodes.Sizeof, type);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }

    /// <summary>Returns the distance between the addresses of a field and its struct, a local variable.</summary>
    static int OffsetOf(FieldInfo field)
    {
        var method = new DynamicMethod("", typeof(int), [], typeof(AbiTable).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        var local = il.DeclareLocal(field.DeclaringType!);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<int>>()();
    }
}
