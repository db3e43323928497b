using FsCheck;
using FsCheck.Fluent;

namespace Unp.Net.Tests.Processes;

/// <summary>Applies the moves of a plan to a table of descriptors.</summary>
public class DescriptorPlanTests
{
    // The numbers are few, so that exchanged, shared and kept numbers occur.
    static readonly Gen<Dictionary<int, int>> Wanted =
        from targets in Gen.ArrayOf(Gen.Choose(0, 9))
        from sources in Gen.ArrayOf(Gen.Choose(0, 9), targets.Length)
        select targets.Zip(sources).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);

    static void ForAll(Func<Dictionary<int, int>, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000).WithQuietOnSuccess(true), Prop.ForAll(Arb.From(Wanted), holds));

    [Fact]
    public void Each_number_gets_wanted_descriptor_and_standard_ones_stay() => ForAll(wanted =>
    {
        Dictionary<int, int> table = Move(wanted, out DescriptorPlan plan);
        foreach (int gap in plan.Gaps)
            table.Remove(gap);
        foreach (int above in table.Keys.Where(number => number >= plan.End).ToArray())
            table.Remove(above);
        return IsRight(wanted, table);
    });

    [Fact]
    public void Closing_unwanted_descriptors_gives_same_result() => ForAll(wanted =>
    {
        Dictionary<int, int> table = Move(wanted, out DescriptorPlan plan);
        foreach (int unwanted in plan.Unwanted(Enumerable.Range(0, 10)).ToArray())
            table.Remove(unwanted);
        return IsRight(wanted, table);
    });

    [Fact]
    public void Empty_plan_has_no_moves()
    {
        var plan = new DescriptorPlan(new Dictionary<int, int>());
        Assert.Empty(plan.Moves);
        Assert.Empty(plan.Gaps);
        Assert.Equal(3, plan.End);
    }

    [Fact]
    public void Kept_number_is_moved_onto_itself() =>
        Assert.Equal([new(5, 5)], new DescriptorPlan(new Dictionary<int, int> { [5] = 5 }).Moves);

    [Fact]
    public void Exchange_of_two_numbers_takes_three_moves() =>
        Assert.Equal(3, new DescriptorPlan(new Dictionary<int, int> { [3] = 4, [4] = 3 }).Moves.Count);

    static Dictionary<int, int> Move(Dictionary<int, int> wanted, out DescriptorPlan plan)
    {
        Dictionary<int, int> table = Enumerable.Range(0, 10).ToDictionary(number => number);
        plan = new DescriptorPlan(wanted);
        foreach (DescriptorMove move in plan.Moves)
            table[move.To] = table[move.From];
        return table;
    }

    static bool IsRight(Dictionary<int, int> wanted, Dictionary<int, int> table)
    {
        var right = Enumerable.Range(0, 3).ToDictionary(number => number);
        foreach (var (target, source) in wanted)
            right[target] = source;
        return right.OrderBy(pair => pair.Key).SequenceEqual(table.OrderBy(pair => pair.Key));
    }
}
