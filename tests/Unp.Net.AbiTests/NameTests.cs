using System.Reflection;
using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>Tests the names of numbers, and the behaviour of names that a system lacks.</summary>
public class NameTests
{
    /// <summary>The second name of a number, and the name that <c>NameOf</c> returns.</summary>
    static readonly Dictionary<string, string> Aliases = new()
    {
        ["EWOULDBLOCK"] = "EAGAIN",
        ["EDEADLOCK"] = "EDEADLK",
        ["ENOTSUP"] = "EOPNOTSUPP",
    };

    public static TheoryData<string> Systems => [.. Enum.GetNames<UnixSystem>()];

    static Platform PlatformOf(string system) => new(Enum.Parse<UnixSystem>(system), Architecture.X64);

    [Theory]
    [MemberData(nameof(Systems))]
    public void Errno_has_its_name(string system)
    {
        var platform = PlatformOf(system);
        foreach (var errno in AbiTable.Of(platform).Errnos.Where(e => e.Value != null))
        {
            string? name = Target.On(platform, () => Errno.NameOf((int)errno.Value!.Value));
            Assert.True(name == errno.Name || name == Aliases.GetValueOrDefault(errno.Name, errno.Name), $"{errno} has the name {name}");
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Errno_numbers_are_unique_except_for_known_aliases(string system)
    {
        var errnos = AbiTable.Of(PlatformOf(system)).Errnos.Where(e => e.Value != null);
        var shared = errnos.GroupBy(e => e.Value).Where(g => g.Count(e => !Aliases.ContainsKey(e.Name)) > 1).SelectMany(g => g);
        Expect.Empty(shared.Select(e => $"{e.Name}={e.Value}"), "share a number");
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Number_that_is_not_an_errno_has_no_name(string system)
    {
        foreach (int number in (int[])[int.MinValue, -1, 0, 4711, int.MaxValue])
            Assert.Null(Target.On(PlatformOf(system), () => Errno.NameOf(number)));
    }

    [Fact]
    public void ENOTSUP_and_EOPNOTSUPP_differ_only_on_macOS()
    {
        Assert.Equal("ENOTSUP", Target.On(PlatformOf("MacOS"), () => Errno.NameOf(45)));
        Assert.Equal("EOPNOTSUPP", Target.On(PlatformOf("MacOS"), () => Errno.NameOf(102)));
        Assert.Equal("EOPNOTSUPP", Target.On(PlatformOf("FreeBSD"), () => Errno.NameOf(45)));
        Assert.Equal("EOPNOTSUPP", Target.On(PlatformOf("Linux"), () => Errno.NameOf(95)));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Getaddrinfo_error_has_its_name(string system)
    {
        var platform = PlatformOf(system);
        var errors = AbiTable.Of(platform).Constants.Where(c => c.Name.StartsWith("EAI_", StringComparison.Ordinal) && c.Value != null);
        foreach (var error in errors)
            Assert.Equal(error.Name, Target.On(platform, () => GaiNames.NameOf((int)error.Value!.Value)));
        Assert.Null(Target.On(platform, () => GaiNames.NameOf(4711)));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Absent_constant_throws_with_its_name(string system)
    {
        var platform = PlatformOf(system);
        var absent = AbiTable.Of(platform).Constants.Where(c => c.Value == null).ToArray();
        Assert.NotEmpty(absent);
        foreach (var constant in absent)
        {
            var property = typeof(Libc).GetProperty(constant.Name)!;
            var wrapper = Assert.Throws<TargetInvocationException>(() => Target.On(platform, () => property.GetValue(null)));
            var error = Assert.IsType<PlatformNotSupportedException>(wrapper.InnerException);
            Assert.Equal($"{constant.Name} does not exist on {system}.", error.Message);
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void Absent_errno_is_negative_and_does_not_throw(string system)
    {
        var absent = AbiTable.Of(PlatformOf(system)).Errnos.Where(e => e.Value == null).ToArray();
        Assert.NotEmpty(absent); // reading them did not throw
        foreach (var errno in absent)
            Assert.True(Target.On(PlatformOf(system), () => ValueOf(errno.Name)) < 0, errno.Name);

        static int ValueOf(string name) => ((Errno)typeof(Errno).GetProperty(name)!.GetValue(null)!).Value;
    }
}
