namespace Unp.Net;

/// <summary>What a child does to one of its descriptors: it makes <paramref name="To"/> another name of <paramref name="From"/>.</summary>
readonly record struct DescriptorMove(int From, int To);

/// <summary>
/// How a child comes to the descriptors that it shall have, from those of its parent, by dup2 alone. As everything else is closed in it, any other number
/// may serve to keep one aside while numbers are exchanged.
/// </summary>
sealed class DescriptorPlan
{
    readonly List<DescriptorMove> moves = [];
    readonly SortedSet<int> spares = [];
    readonly SortedSet<int> wanted;

    /// <summary>Plans for these descriptors: a number in the child, and what has it here.</summary>
    internal DescriptorPlan(IReadOnlyDictionary<int, int> sources)
    {
        wanted = [.. sources.Keys];
        var pending = new Dictionary<int, int>(sources);
        int spare = Libc.STDERR_FILENO;
        while (pending.Count > 0)
        {
            // A number is free once nobody else comes from it.
            var readers = pending.Where(move => move.Key != move.Value).GroupBy(move => move.Value).ToDictionary(group => group.Key, group => group.Count());
            int[] free = [.. pending.Keys.Where(target => !readers.ContainsKey(target))];
            foreach (int target in free)
                Move(pending, target);
            if (free.Length > 0)
                continue;

            // All that are left are in circles. One is put aside, to be fetched from there.
            int first = pending.Keys.First();
            do
                spare++;
            while (sources.ContainsKey(spare) || sources.Values.Contains(spare));
            moves.Add(new(first, spare));
            spares.Add(spare);
            foreach (int target in pending.Keys.Where(target => target != first && pending[target] == first).ToArray())
                pending[target] = spare;
        }
    }

    /// <summary>The moves, in their order.</summary>
    internal IReadOnlyList<DescriptorMove> Moves => moves;

    /// <summary>The numbers, other than the standard ones, that the moves have used on the way.</summary>
    internal IReadOnlyCollection<int> Spares => spares;

    /// <summary>The first number above all that are wanted, and above the standard ones.</summary>
    internal int End => Math.Max(Libc.STDERR_FILENO, wanted.Max) + 1;

    /// <summary>The numbers below <see cref="End"/> that are to be closed.</summary>
    internal IEnumerable<int> Gaps => Enumerable.Range(Libc.STDERR_FILENO + 1, End - Libc.STDERR_FILENO - 1).Where(number => !wanted.Contains(number));

    /// <summary>Those of the descriptors that are to be closed, the spare ones among them.</summary>
    internal IEnumerable<int> Unwanted(IEnumerable<int> descriptors) =>
        descriptors.Where(number => number > Libc.STDERR_FILENO && !wanted.Contains(number)).Union(spares);

    void Move(Dictionary<int, int> pending, int target)
    {
        moves.Add(new(pending[target], target));
        pending.Remove(target);
    }
}
