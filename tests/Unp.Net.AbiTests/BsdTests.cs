using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>The columns of macOS and FreeBSD, against what Go and others know of them.</summary>
public class BsdTests
{
    public static TheoryData<string> Names => [.. Targets.OnBsd.Select(t => t.Name)];

    public static TheoryData<string, string> NamesAndWitnesses =>
        [.. Targets.OnBsd.SelectMany(target => target.Witnesses.Select(witness => (target.Name, witness.Name)))];

    [Theory]
    [MemberData(nameof(NamesAndWitnesses))]
    public void The_witness_agrees(string name, string witnessName)
    {
        var target = Find(name);
        var witness = target.Witnesses.Single(w => w.Name == witnessName);
        SkipWithout([witness]);
        Expect.None(witness.Check(AbiTable.Of(target.Platform)), $"{witness.Name} for {name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_passed_over_that_is_not_waived(string name)
    {
        var target = Find(name);
        SkipWithout(target.Witnesses);
        var table = AbiTable.Of(target.Platform);
        var refused = target.Witnesses.SelectMany(w => w.Check(table.Falsified())).Select(o => o.Subject).ToHashSet();
        var passed = table.Subjects.Except(refused).ToArray();
        var waived = target.Waivers.Select(w => w.Name).ToArray();
        var unwaived = passed.Where(subject => !waived.Contains(subject.Split('.')[0])); // a struct's waiver is its fields' too
        Expect.Empty(unwaived, $"could be wrong for {name} and nobody would say so");
        Expect.Empty(waived.Except(passed), $"are proven for {name}, take them off the list of waivers");
    }

    static BsdTarget Find(string name) => Targets.OnBsd.Single(t => t.Name == name);

    static void SkipWithout(IReadOnlyList<IWitness> witnesses)
    {
        string missing = string.Join(", ", witnesses.Where(w => w.Missing != null).Select(w => w.Missing));
        Assert.SkipUnless(missing.Length == 0, $"missing: {missing}");
    }
}
