using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>Compares the Linux column with the headers of each C library.</summary>
public class LinuxTests
{
    public static TheoryData<string> Names => [.. Targets.OnLinux.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Headers_agree(string name)
    {
        var target = Find(name);
        var objections = target.Probe.Check(AbiTable.Of(target.Platform), target.Waivers);
        Expect.None(objections, name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Waived_constants_cannot_be_proven(string name)
    {
        var target = Find(name);
        var refused = target.Probe.CheckWaived(AbiTable.Of(target.Platform), target.Waivers).Select(o => o.Subject).ToHashSet();
        Expect.Empty(target.Waivers.Select(w => w.Name).Except(refused), $"are proven for {name}, so remove their waivers");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_subject_is_proven_or_waived(string name)
    {
        var target = Find(name);
        var table = AbiTable.Of(target.Platform);
        var refused = target.Probe.Check(table.Falsified(), target.Waivers).Select(o => o.Subject);
        var passed = table.Subjects.Except(refused).Except(target.Waivers.Select(w => w.Name));
        Expect.Empty(passed, $"are neither proven nor waived for {name}");
    }

    static CTarget Find(string name)
    {
        var target = Targets.OnLinux.Single(t => t.Name == name);
        Assert.SkipUnless(Tool.IsInstalled(target.Probe.Compiler), $"{target.Probe.Compiler} is missing: {target.Packages}");
        return target;
    }
}
