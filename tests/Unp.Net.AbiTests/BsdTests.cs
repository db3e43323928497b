using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>The columns of macOS and FreeBSD, against Go's and Rust's knowledge of them.</summary>
public class BsdTests
{
    public static TheoryData<string> Names => [.. Targets.OnBsd.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Go_agrees(string name)
    {
        var target = Find(name);
        SkipWithout(GoProbe.WhatIsMissing);
        Expect.None(target.Go.Check(AbiTable.Of(target.Platform)), $"Go for {name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rust_agrees(string name)
    {
        var target = Find(name);
        SkipWithout(RustLibc.WhatIsMissing);
        Expect.None(target.Rust.Check(AbiTable.Of(target.Platform)), $"Rust's libc for {name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_passed_over_that_is_not_waived(string name)
    {
        var target = Find(name);
        SkipWithout(GoProbe.WhatIsMissing ?? RustLibc.WhatIsMissing);
        var table = AbiTable.Of(target.Platform);
        var refused = target.Go.Check(table.Falsified()).Concat(target.Rust.Check(table.Falsified())).Select(o => o.Subject).ToHashSet();
        var passed = table.Subjects.Except(refused).ToArray();
        var waived = target.Waivers.Select(w => w.Name).ToArray();
        var unwaived = passed.Where(subject => !waived.Contains(subject.Split('.')[0])); // a struct's waiver is its fields' too
        Expect.Empty(unwaived, $"could be wrong for {name} and nobody would say so");
        Expect.Empty(waived.Except(passed), $"are proven for {name}, take them off the list of waivers");
    }

    static BsdTarget Find(string name) => Targets.OnBsd.Single(t => t.Name == name);

    static void SkipWithout(string? missing) => Assert.SkipUnless(missing == null, $"missing: {missing}");
}
