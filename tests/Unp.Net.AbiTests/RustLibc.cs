namespace Unp.Net.AbiTests;

/// <summary>The source of Rust's libc crate, as a second witness for systems without headers for a compiler on this machine.</summary>
/// <param name="system">The name of the system in the crate.</param>
/// <param name="files">Source files of the crate for one system, the general ones first. A later file overrides an earlier one.</param>
sealed class RustLibc(string system, params string[] files) : IWitness
{
    const string Registry = "/usr/share/cargo/registry";

    /// <summary>
    /// Structs with members for 32-bit ABIs only, which <see cref="RustSource"/> cannot exclude, or with a union. Go proves the first.
    /// </summary>
    static readonly HashSet<string> Conditional = ["rusage", "ifconf"];

    /// <summary>Constants that have another meaning in the crate: <c>net/if_mib.h</c> of FreeBSD has its own NETLINK_GENERIC.</summary>
    static readonly HashSet<string> Homonyms = ["NETLINK_GENERIC"];

    public string Name => "Rust's libc";

    public string? Missing => WhatIsMissing;

    public static string? WhatIsMissing => Folder == null ? "package librust-libc-dev" : null;

    static string? Folder => Directory.Exists(Registry) ? Directory.EnumerateDirectories(Registry, "libc-0.2.*").FirstOrDefault() : null;

    /// <summary>Returns the differences between the table and the crate, for the names that the crate has.</summary>
    public IReadOnlyList<Objection> Check(AbiTable table)
    {
        var source = new RustSource(system, files.Select(file => File.ReadAllText(Path.Combine(Folder!, "src/unix", file))));
        List<Objection> objections = [];
        foreach (var value in table.Values.Where(v => !Homonyms.Contains(v.Name)))
            Compare(value, source.ValueOf(value.Name), objections);
        foreach (var layout in table.Layouts.Where(l => !Conditional.Contains(l.Name)))
            Compare(layout, source.LayoutOf(layout.Name), objections);
        return objections;
    }

    static void Compare(NamedValue ours, long? theirs, List<Objection> objections)
    {
        if (theirs == null)
            return;
        if (ours.Value is not { } number)
            objections.Add(new(ours.Name, "is Absent, but the libc crate has it"));
        else if (!IsSame(number, theirs.Value))
            objections.Add(new(ours.Name, $"is {number}, but {theirs} in the libc crate"));
    }

    static void Compare(Layout ours, Layout? theirs, List<Objection> objections)
    {
        if (theirs == null)
            return;
        if (ours.Size != theirs.Size)
            objections.Add(new(ours.Name, $"has size {ours.Size}, but {theirs.Size} in the libc crate"));
        foreach (var field in ours.Fields)
        {
            var their = theirs.Fields.FirstOrDefault(f => f.Name == field.Name);
            if (their == null || their.Offset != field.Offset || their.Size != field.Size || (field.IsSigned ^ their.IsSigned) == true)
                objections.Add(new($"{ours.Name}.{field.Name}", $"is {field}, but {their?.ToString() ?? "absent"} in the libc crate"));
        }
    }

    /// <summary>Compares two constants. A 32-bit constant may be written as signed or unsigned.</summary>
    static bool IsSame(long one, long other) => one == other || (unchecked((int)one == (int)other) && one >> 32 is 0 or -1);
}
