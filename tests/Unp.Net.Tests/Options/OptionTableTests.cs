using System.Reflection;

namespace Unp.Net.Tests.Options;

/// <summary>Tests the names and numbers of all options, and that this kernel knows them.</summary>
public class OptionTableTests
{
    static IEnumerable<PropertyInfo> Properties =>
        typeof(SocketOptions).GetProperties().Where(property => property.PropertyType.IsAssignableTo(typeof(SocketOption)));

    public static TheoryData<string> Readable =>
    [
        .. SocketOptions.All
            .Where(option => option.IsSupported && option.CanRead && option.Level != IPPROTO_SCTP)
            .Select(option => option.Name),
    ];

    public static TheoryData<string> Missing => [.. SocketOptions.All.Where(option => !option.IsSupported).Select(option => option.Name)];

    static SocketOption Named(string name) => SocketOptions.All.Single(option => option.Name == name);

    [Fact]
    public void Table_contains_exactly_the_properties() =>
        Assert.Equal(
            Properties.Select(property => (SocketOption)property.GetValue(null)!).OrderBy(option => option.Name, StringComparer.Ordinal),
            SocketOptions.All.OrderBy(option => option.Name, StringComparer.Ordinal));

    [Fact]
    public void Property_always_returns_same_object()
    {
        SocketOption first = SocketOptions.ReusePort;
        SocketOption<bool>[] others = Enumerable.Range(0, 4).AsParallel().Select(_ => SocketOptions.ReusePort).ToArray();
        Assert.All(others, option => Assert.Same(first, option));
    }

    [Fact]
    public void Property_has_C_name_without_underscores_and_SO() => Assert.All(Properties, property =>
    {
        string name = ((SocketOption)property.GetValue(null)!).Name;
        string expected = (name.StartsWith("SO_", StringComparison.Ordinal) ? name[3..] : name).Replace("_", "", StringComparison.Ordinal);
        Assert.Equal(expected, property.Name.ToUpperInvariant());
        Assert.True(char.IsUpper(property.Name[0]) && property.Name.Any(char.IsLower), property.Name);
    });

    [Fact]
    public void Option_is_supported_exactly_if_constant_exists() =>
        Assert.All(SocketOptions.All, option => Assert.Equal(Constant(option.Name), option.IsSupported ? option.Number : null));

    [Theory]
    [MemberData(nameof(Readable))]
    public void Option_can_be_read_from_suitable_socket(string name)
    {
        SocketOption option = Named(name);
        List<string> refusals = [];
        List<string> missing = [];
        foreach (var (kind, make) in SuitableSockets.All)
        {
            using Fd? fd = make();
            if (fd is null)
            {
                missing.Add(kind);
                continue;
            }
            try
            {
                object? value = option.Read(fd);
                Assert.True(value is null
                    ? Nullable.GetUnderlyingType(option.ValueType) is not null
                    : option.ValueType.IsInstanceOfType(value));
                return;
            }
            catch (UnpException refused)
            {
                Assert.Equal($"getsockopt error: {refused.Errno.Message} ({name})", refused.Message);
                refusals.Add($"{kind}: {refused.Errno.Name}");
            }
        }
        Assert.SkipWhen(IsNewInKernel(name), $"{name} is newer than this kernel");
        Assert.SkipWhen(missing.Count > 0, $"{name} needs one of these sockets, which are not available: {string.Join(", ", missing)}");
        Assert.Fail(string.Join(", ", refusals));
    }

    [Fact]
    [Trait("Kernel", "SCTP")]
    public void SCTP_options_can_be_read_if_kernel_has_SCTP()
    {
        SocketOption[] ofAnAssociation = [SocketOptions.SctpStatus, SocketOptions.SctpPrimaryAddr, SocketOptions.SctpGetPeerAddrInfo];
        using Fd fd = SctpSockets.New(SOCK_SEQPACKET);
        var readable = SocketOptions.All.Where(option => option.IsSupported && option.CanRead && option.Level == IPPROTO_SCTP);
        foreach (SocketOption option in readable)
        {
            if (ofAnAssociation.Contains(option))
            {
                var error = Assert.Throws<UnpException>(() => option.Read(fd));
                Assert.Equal($"getsockopt error: Invalid argument ({option.Name})", error.Message);
            }
            else
            {
                Assert.IsType(option.ValueType, option.Read(fd));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Missing))]
    public void Missing_option_throws_with_its_name(string name)
    {
        SocketOption option = Named(name);
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        foreach (Action use in (Action[])[() => _ = option.Level, () => _ = option.Number, () => option.Read(fd)])
        {
            string message = Assert.Throws<PlatformNotSupportedException>(use).Message;
            Assert.StartsWith($"{name} does not exist on ", message, StringComparison.Ordinal);
            if (message.Split([" Use ", " instead."], StringSplitOptions.None) is [_, var others, _])
                Assert.All(others.Split(" or "), other => Assert.NotNull(Constant(other)));
        }
    }

    [Fact]
    public void Missing_option_names_alternative() => Assert.Equal(
        "TCP_NOPUSH does not exist on Linux. Use TCP_CORK instead.",
        Assert.Throws<PlatformNotSupportedException>(() => SocketOptions.TcpNoPush.Number).Message);

    /// <summary>Whether the option is one of the newest and this kernel is older than it.</summary>
    static bool IsNewInKernel(string name)
    {
        Dictionary<string, Version> since = new()
        {
            ["SO_PASSPIDFD"] = new(6, 5),
            ["SO_RCVPRIORITY"] = new(6, 14),
            ["SO_PASSRIGHTS"] = new(6, 16),
            ["IP_LOCAL_PORT_RANGE"] = new(6, 3),
            ["IP_ROUTER_ALERT"] = new(6, 9),
        };
        return since.TryGetValue(name, out Version? first) && Environment.OSVersion.Version < first;
    }

    /// <summary>Returns the constant with this name; null if this system lacks it.</summary>
    static int? Constant(string name)
    {
        try
        {
            object? value = typeof(Libc).GetProperty(name) is { } property
                ? property.GetValue(null)
                : typeof(Libc).GetField(name)!.GetRawConstantValue();
            return value is uint request ? (int)request : (int)value!;
        }
        catch (TargetInvocationException missing) when (missing.InnerException is PlatformNotSupportedException)
        {
            return null;
        }
    }
}
