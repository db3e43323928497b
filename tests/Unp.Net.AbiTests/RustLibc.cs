namespace Unp.Net.AbiTests;

/// <summary>Asks the source of Rust's libc crate, a second witness for the systems that no compiler here has headers of.</summary>
/// <param name="system">What the crate calls the system.</param>
/// <param name="files">Source files of the crate for one system, the general first: what a later one says holds.</param>
sealed class RustLibc(string system, params string[] files) : IWitness
{
    const string Registry = "/usr/share/cargo/registry";

    /// <summary>Structs with members that only a 32-bit ABI has; the reader of the source does not know that. Go knows them.</summary>
    static readonly HashSet<string> Conditional = ["rusage"];

    public string Name => "Rust's libc";

    public string? Missing => WhatIsMissing;

    public static string? WhatIsMissing => Folder == null ? "package librust-libc-dev" : null;

    static string? Folder => Directory.Exists(Registry) ? Directory.EnumerateDirectories(Registry, "libc-0.2.*").FirstOrDefault() : null;

    /// <summary>Where our table differs from the crate, among the names that the crate has.</summary>
    public IReadOnlyList<Objection> Check(AbiTable table)
    {
        var source = new RustSource(system, files.Select(file => File.ReadAllText(Path.Combine(Folder!, "src/unix", file))));
        List<Objection> objections = [];
        foreach (var value in table.Values)
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

    /// <summary>A 32-bit constant is written as signed or unsigned, by taste.</summary>
    static bool IsSame(long one, long other) => one == other || (unchecked((int)one == (int)other) && one >> 32 is 0 or -1);
}
