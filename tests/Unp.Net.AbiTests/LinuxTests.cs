using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>The Linux column, against the headers of each C library.</summary>
public class LinuxTests
{
    public static TheoryData<string> Names => [.. Targets.OnLinux.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_headers_agree(string name)
    {
        var target = Find(name);
        var objections = target.Probe.Check(AbiTable.Of(target.Platform), target.Waivers);
        Expect.None(objections, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_waived_can_not_be_proven(string name)
    {
        var target = Find(name);
        var refused = target.Probe.CheckWaived(AbiTable.Of(target.Platform), target.Waivers).Select(o => o.Subject).ToHashSet();
        Expect.Empty(target.Waivers.Select(w => w.Name).Except(refused), $"are proven for {name}, take them off the list of waivers");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_passed_over(string name)
    {
        var target = Find(name);
        var table = AbiTable.Of(target.Platform);
        var refused = target.Probe.Check(table.Falsified(), target.Waivers).Select(o => o.Subject);
        var passed = table.Subjects.Except(refused).Except(target.Waivers.Select(w => w.Name));
        Expect.Empty(passed, $"could be wrong for {name} and nobody would say so");
    }

    static CTarget Find(string name)
    {
        var target = Targets.OnLinux.Single(t => t.Name == name);
        Assert.SkipUnless(Tool.IsInstalled(target.Probe.Compiler), $"{target.Probe.Compiler} is missing: {target.Packages}");
        return target;
    }
}
