namespace Unp.Net.Packets;

/// <summary>Instructions that load the accumulator, comparable by their content. They depend on no earlier register.</summary>
sealed class FilterLoad(params sock_filter[] instructions) : IEquatable<FilterLoad>
{
    readonly int hash = Hash(instructions);

    public ReadOnlySpan<sock_filter> Instructions => instructions;

    public bool Equals(FilterLoad? other) =>
        ReferenceEquals(this, other)
        || (other is not null && other.hash == hash && other.Instructions.Length == instructions.Length && StartsWith(other));

    /// <summary>Returns whether this load begins with another one.</summary>
    public bool StartsWith(FilterLoad other)
    {
        ReadOnlySpan<sock_filter> start = other.Instructions;
        if (start.Length > instructions.Length)
            return false;
        for (int i = 0; i < start.Length; i++)
        {
            if (!Same(instructions[i], start[i]))
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as FilterLoad);

    public override int GetHashCode() => hash;

    internal static bool Same(in sock_filter one, in sock_filter other) => one.code == other.code && one.k == other.k;

    static int Hash(sock_filter[] instructions)
    {
        HashCode hash = default;
        foreach (sock_filter one in instructions)
        {
            hash.Add(one.code);
            hash.Add(one.k);
        }
        return hash.ToHashCode();
    }
}
