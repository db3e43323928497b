using System.Reflection;

namespace Unp.Net.Tests.Options;

/// <summary>The table of all options: its names and numbers, and that this kernel knows them.</summary>
public class OptionTableTests
{
    static IEnumerable<PropertyInfo> Properties =>
        typeof(SocketOptions).GetProperties().Where(property => property.PropertyType.IsAssignableTo(typeof(SocketOption)));

    public static TheoryData<string> Readable =>
        [.. SocketOptions.All.Where(option => option.IsSupported && option.CanRead && option.Level != IPPROTO_SCTP).Select(option => option.Name)];

    public static TheoryData<string> Missing => [.. SocketOptions.All.Where(option => !option.IsSupported).Select(option => option.Name)];

    static SocketOption Named(string name) => SocketOptions.All.Single(option => option.Name == name);

    [Fact]
    public void Every_property_is_in_the_table_and_the_table_has_nothing_else() =>
        Assert.Equal(
            Properties.Select(property => (SocketOption)property.GetValue(null)!).OrderBy(option => option.Name, StringComparer.Ordinal),
            SocketOptions.All.OrderBy(option => option.Name, StringComparer.Ordinal));

    [Fact]
    public void Option_is_the_same_object_whenever_and_wherever_it_is_asked_for()
    {
        SocketOption first = SocketOptions.ReusePort;
        Assert.All(Enumerable.Range(0, 4).AsParallel().Select(_ => SocketOptions.ReusePort).ToArray(), option => Assert.Same(first, option));
    }

    [Fact]
    public void Property_has_the_C_name_without_underscores_and_without_SO() => Assert.All(Properties, property =>
    {
        string name = ((SocketOption)property.GetValue(null)!).Name;
        string expected = (name.StartsWith("SO_", StringComparison.Ordinal) ? name[3..] : name).Replace("_", "", StringComparison.Ordinal);
        Assert.Equal(expected, property.Name.ToUpperInvariant());
        Assert.True(char.IsUpper(property.Name[0]) && property.Name.Any(char.IsLower), property.Name);
    });

    [Fact]
    public void Option_is_supported_exactly_where_its_constant_is_there() =>
        Assert.All(SocketOptions.All, option => Assert.Equal(Constant(option.Name), option.IsSupported ? option.Number : null));

    [Theory]
    [MemberData(nameof(Readable))]
    public void Option_can_be_read_from_a_suitable_socket(string name)
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
                Assert.True(value is null ? Nullable.GetUnderlyingType(option.ValueType) is not null : option.ValueType.IsInstanceOfType(value));
                return;
            }
            catch (UnpException refused)
            {
                Assert.Equal($"getsockopt error: {refused.Errno.Message} ({name})", refused.Message);
                refusals.Add($"{kind}: {refused.Errno.Name}");
            }
        }
        Assert.SkipWhen(IsNewInKernel(name), $"{name} is newer than this kernel");
        Assert.SkipWhen(missing.Count > 0, $"there may be none of these sockets here, and no other has {name}: {string.Join(", ", missing)}");
        Assert.Fail(string.Join(", ", refusals));
    }

    [Fact]
    public void Options_of_SCTP_can_be_read_where_the_kernel_has_it()
    {
        SocketOption[] ofAnAssociation = [SocketOptions.SctpStatus, SocketOptions.SctpPrimaryAddr, SocketOptions.SctpGetPeerAddrInfo];
        using Fd fd = SctpSockets.New(SOCK_SEQPACKET);
        foreach (SocketOption option in SocketOptions.All.Where(option => option.IsSupported && option.CanRead && option.Level == IPPROTO_SCTP))
        {
            if (ofAnAssociation.Contains(option))
                Assert.Equal($"getsockopt error: Invalid argument ({option.Name})", Assert.Throws<UnpException>(() => option.Read(fd)).Message);
            else
                Assert.IsType(option.ValueType, option.Read(fd));
        }
    }

    [Theory]
    [MemberData(nameof(Missing))]
    public void Option_that_the_system_lacks_says_so_by_name(string name)
    {
        SocketOption option = Named(name);
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        foreach (Action use in (Action[])[() => _ = option.Level, () => _ = option.Number, () => option.Read(fd)])
        {
            string message = Assert.Throws<PlatformNotSupportedException>(use).Message;
            Assert.StartsWith($"{name} does not exist on ", message, StringComparison.Ordinal);
            if (message.Split(" Use ") is [_, var others])
                Assert.All(others.TrimEnd('.').Split(" or "), other => Assert.NotNull(Constant(other)));
        }
    }

    [Fact]
    public void What_comes_near_is_named() => Assert.Equal(
        "TCP_NOPUSH does not exist on Linux. Use TCP_CORK instead.",
        Assert.Throws<PlatformNotSupportedException>(() => SocketOptions.TcpNoPush.Number).Message);

    /// <summary>The newest options' first kernels: on an older one they can't be read.</summary>
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

    /// <summary>The constant by its name; null where this system lacks it.</summary>
    static int? Constant(string name)
    {
        try
        {
            object? value = typeof(Libc).GetProperty(name) is { } property ? property.GetValue(null) : typeof(Libc).GetField(name)!.GetRawConstantValue();
            return value is uint request ? (int)request : (int)value!;
        }
        catch (TargetInvocationException missing) when (missing.InnerException is PlatformNotSupportedException)
        {
            return null;
        }
    }
}
