using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>Compares the columns of macOS and FreeBSD with Go and other witnesses.</summary>
public class BsdTests
{
    public static TheoryData<string> Names => [.. Targets.OnBsd.Select(t => t.Name)];

    public static TheoryData<string, string> NamesAndWitnesses =>
        [.. Targets.OnBsd.SelectMany(target => target.Witnesses.Select(witness => (target.Name, witness.Name)))];

    [Theory]
    [MemberData(nameof(NamesAndWitnesses))]
    public void Witness_agrees(string name, string witnessName)
    {
        var target = Find(name);
        var witness = target.Witnesses.Single(w => w.Name == witnessName);
        SkipWithout([witness]);
        Expect.None(witness.Check(AbiTable.Of(target.Platform)), $"{witness.Name} for {name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_subject_is_proven_or_waived(string name)
    {
        var target = Find(name);
        SkipWithout(target.Witnesses);
        var table = AbiTable.Of(target.Platform);
        var refused = target.Witnesses.SelectMany(w => w.Check(table.Falsified())).Select(o => o.Subject).ToHashSet();
        var passed = table.Subjects.Except(refused).ToArray();
        var waived = target.Waivers.Select(w => w.Name).ToArray();
        var unwaived = passed.Where(subject => !waived.Contains(subject.Split('.')[0])); // the waiver of a struct includes its fields
        Expect.Empty(unwaived, $"are neither proven nor waived for {name}");
        Expect.Empty(waived.Except(passed), $"are proven for {name}, so remove their waivers");
    }

    static BsdTarget Find(string name) => Targets.OnBsd.Single(t => t.Name == name);

    static void SkipWithout(IReadOnlyList<IWitness> witnesses)
    {
        string missing = string.Join(", ", witnesses.Where(w => w.Missing != null).Select(w => w.Missing));
        Assert.SkipUnless(missing.Length == 0, $"missing: {missing}");
    }
}
