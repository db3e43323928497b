namespace Unp.Net;

/// <summary>One dup2 in a child: it makes <paramref name="To"/> a duplicate of <paramref name="From"/>.</summary>
readonly record struct DescriptorMove(int From, int To);

/// <summary>
/// The dup2 calls that give a child its descriptors, taken from those of its parent. All other numbers of the child are closed, so any of
/// them can hold a descriptor temporarily while numbers are exchanged.
/// </summary>
sealed class DescriptorPlan
{
    readonly List<DescriptorMove> moves = [];
    readonly SortedSet<int> spares = [];
    readonly SortedSet<int> wanted;

    /// <summary>Plans the moves. The keys are numbers in the child, the values are the descriptors of this process.</summary>
    internal DescriptorPlan(IReadOnlyDictionary<int, int> sources)
    {
        wanted = [.. sources.Keys];
        var pending = new Dictionary<int, int>(sources);
        int spare = Libc.STDERR_FILENO;
        while (pending.Count > 0)
        {
            // A target number is free if no pending move still reads from it.
            var readers = pending.Where(move => move.Key != move.Value).GroupBy(move => move.Value)
                .ToDictionary(group => group.Key, group => group.Count());
            int[] free = [.. pending.Keys.Where(target => !readers.ContainsKey(target))];
            foreach (int target in free)
                Move(pending, target);
            if (free.Length > 0)
                continue;

            // All remaining moves form cycles. Save one number to a spare one, and read it from there later.
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

    /// <summary>The moves, in order.</summary>
    internal IReadOnlyList<DescriptorMove> Moves => moves;

    /// <summary>The numbers above the standard ones that the moves use temporarily.</summary>
    internal IReadOnlyCollection<int> Spares => spares;

    /// <summary>The number after the highest wanted or standard number.</summary>
    internal int End => Math.Max(Libc.STDERR_FILENO, wanted.Max) + 1;

    /// <summary>The numbers below <see cref="End"/> that must be closed.</summary>
    internal IEnumerable<int> Gaps =>
        Enumerable.Range(Libc.STDERR_FILENO + 1, End - Libc.STDERR_FILENO - 1).Where(number => !wanted.Contains(number));

    /// <summary>Returns the given descriptors that must be closed, and the spare numbers.</summary>
    internal IEnumerable<int> Unwanted(IEnumerable<int> descriptors) =>
        descriptors.Where(number => number > Libc.STDERR_FILENO && !wanted.Contains(number)).Union(spares);

    void Move(Dictionary<int, int> pending, int target)
    {
        moves.Add(new(pending[target], target));
        pending.Remove(target);
    }
}
