using FsCheck;
using FsCheck.Fluent;

namespace Unp.Net.Tests.Processes;

/// <summary>The moves, done on a table of descriptors.</summary>
public class DescriptorPlanTests
{
    // Few numbers, so that they are exchanged, shared and kept.
    static readonly Gen<Dictionary<int, int>> Wanted =
        from targets in Gen.ArrayOf(Gen.Choose(0, 9))
        from sources in Gen.ArrayOf(Gen.Choose(0, 9), targets.Length)
        select targets.Zip(sources).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second);

    static void ForAll(Func<Dictionary<int, int>, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000).WithQuietOnSuccess(true), Prop.ForAll(Arb.From(Wanted), holds));

    [Fact]
    public void Each_number_gets_what_it_shall_have_and_the_standard_ones_stay_otherwise() => ForAll(wanted =>
    {
        Dictionary<int, int> table = Move(wanted, out DescriptorPlan plan);
        foreach (int gap in plan.Gaps)
            table.Remove(gap);
        foreach (int above in table.Keys.Where(number => number >= plan.End).ToArray())
            table.Remove(above);
        return IsRight(wanted, table);
    });

    [Fact]
    public void Closing_what_is_open_leaves_the_same() => ForAll(wanted =>
    {
        Dictionary<int, int> table = Move(wanted, out DescriptorPlan plan);
        foreach (int unwanted in plan.Unwanted(Enumerable.Range(0, 10)).ToArray())
            table.Remove(unwanted);
        return IsRight(wanted, table);
    });

    [Fact]
    public void Nothing_wanted_is_nothing_to_move()
    {
        var plan = new DescriptorPlan(new Dictionary<int, int>());
        Assert.Empty(plan.Moves);
        Assert.Empty(plan.Gaps);
        Assert.Equal(3, plan.End);
    }

    [Fact]
    public void Kept_number_is_moved_onto_itself_so_that_it_is_inherited() =>
        Assert.Equal([new(5, 5)], new DescriptorPlan(new Dictionary<int, int> { [5] = 5 }).Moves);

    [Fact]
    public void Two_that_change_places_take_three_moves() =>
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
