using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>
/// The source of Rust's libc crate, read as a second witness for the systems that no compiler here has headers of: constants
/// (<c>pub const NAME: ::c_int = 5;</c>), aliases (<c>pub type socklen_t = u32;</c>) and structs, which it lays out by C's rules.
/// </summary>
sealed partial class RustLibc
{
    const string Registry = "/usr/share/cargo/registry";

    readonly Dictionary<string, string> constants = [];
    readonly Dictionary<string, string> aliases = [];
    readonly Dictionary<string, string> structs = [];

    /// <param name="files">Source files of the crate for one system, the general first: what a later one says holds.</param>
    public RustLibc(params string[] files)
    {
        if (Folder is not { } folder)
            return;
        foreach (string file in files)
        {
            string text = File.ReadAllText(Path.Combine(folder, "src/unix", file));
            foreach (Match m in ConstantLine().Matches(text))
                constants[m.Groups["name"].Value] = m.Groups["value"].Value;
            foreach (Match m in AliasLine().Matches(text))
                aliases[m.Groups["name"].Value] = m.Groups["type"].Value;
            foreach (Match m in StructLines().Matches(text))
                structs[m.Groups["name"].Value] = m.Groups["fields"].Value;
        }
    }

    public static string? WhatIsMissing => Folder == null ? "package librust-libc-dev" : null;

    static string? Folder => Directory.Exists(Registry) ? Directory.EnumerateDirectories(Registry, "libc-0.2.*").FirstOrDefault() : null;

    bool Knows(string name) => constants.ContainsKey(name) && Evaluate(name) != null;

    bool KnowsStruct(string name) => structs.ContainsKey(name);

    /// <summary>Where our table differs from the crate, among the names that the crate has.</summary>
    public IReadOnlyList<Objection> Check(AbiTable table)
    {
        List<Objection> objections = [];
        foreach (var value in table.Values.Where(v => Knows(v.Name)))
        {
            if (value.Value is not { } number)
                objections.Add(new(value.Name, "is Absent, but the libc crate has it"));
            else if (Evaluate(value.Name) is { } theirs && !IsSame(number, theirs))
                objections.Add(new(value.Name, $"is {number}, but {theirs} in the libc crate"));
        }
        foreach (var layout in table.Layouts.Where(l => KnowsStruct(l.Name)))
            Compare(layout, LayoutOf(layout.Name), objections);
        return objections;
    }

    static void Compare(Layout ours, Layout theirs, List<Objection> objections)
    {
        if (ours.Size != theirs.Size)
            objections.Add(new(ours.Name, $"has size {ours.Size}, but {theirs.Size} in the libc crate"));
        foreach (var field in ours.Fields)
        {
            var their = theirs.Fields.FirstOrDefault(f => f.Name == field.Name);
            if (their == null || their.Offset != field.Offset || their.Size != field.Size || (field.IsSigned ^ their.IsSigned) == true)
                objections.Add(new($"{ours.Name}.{field.Name}", $"is {field}, but {their?.ToString() ?? "missing"} in the libc crate"));
        }
    }

    /// <summary>A 32-bit constant is written as signed or unsigned, by taste.</summary>
    static bool IsSame(long one, long other) => one == other || (unchecked((int)one) == unchecked((int)other) && one >> 32 is 0 or -1);

    /// <summary>Numbers, names, <c>|</c> and casts. Null for anything else.</summary>
    long? Evaluate(string name) => constants.TryGetValue(name, out string? expression)
        ? Cast().Replace(expression, "").Split('|').Select(part => part.Trim()).Select(Term).Aggregate((long?)0, (a, b) => a | b)
        : null;

    long? Term(string text)
    {
        string digits = text.Replace("_", "", StringComparison.Ordinal);
        if (digits.StartsWith("0x", StringComparison.Ordinal))
            return long.Parse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return long.TryParse(digits, CultureInfo.InvariantCulture, out long number) ? number : Evaluate(text.TrimStart(':'));
    }

    Layout LayoutOf(string name)
    {
        List<LayoutField> fields = [];
        int offset = 0, alignment = 1;
        foreach (Match m in FieldLine().Matches(structs[name]))
        {
            // A field that is declared once more, under another #[cfg], holds in its second form.
            if (fields.FindIndex(f => f.Name == m.Groups["name"].Value) is >= 0 and var first)
            {
                offset = fields[first].Offset;
                fields.RemoveRange(first, fields.Count - first);
            }
            var (size, align, signed) = Measure(m.Groups["type"].Value.Trim());
            offset = RoundUp(offset, align);
            alignment = Math.Max(alignment, align);
            fields.Add(new(m.Groups["name"].Value, offset, size, signed));
            offset += size;
        }
        return new(name, RoundUp(offset, alignment), fields);
    }

    (int Size, int Alignment, bool? IsSigned) Measure(string type)
    {
        if (type.StartsWith('*'))
            return (8, 8, null);
        if (ArrayType().Match(type) is { Success: true } array)
        {
            var element = Measure(array.Groups["type"].Value.Trim());
            return (element.Size * int.Parse(array.Groups["count"].Value, CultureInfo.InvariantCulture), element.Alignment, null);
        }
        type = type.Replace("::", "", StringComparison.Ordinal);
        if (PrimitiveType().Match(type) is { Success: true } primitive)
        {
            int size = int.Parse(primitive.Groups["bits"].Value, CultureInfo.InvariantCulture) / 8;
            return (size, size, type[0] == 'i');
        }
        if (aliases.TryGetValue(type, out string? other))
            return Measure(other);
        if (type == "in6_addr")
            return (16, 4, null); // an attribute, not the array of bytes in it, gives its alignment
        var layout = LayoutOf(type);
        return (layout.Size, layout.Fields.Max(f => Math.Min(f.Size, 8)), null);
    }

    static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    [GeneratedRegex(@"pub const (?<name>\w+)\s*:\s*[\w:]+\s*=\s*(?<value>[^;]+);")]
    private static partial Regex ConstantLine();

    [GeneratedRegex(@"pub type (?<name>\w+)\s*=\s*(?<type>[\w:]+);")]
    private static partial Regex AliasLine();

    [GeneratedRegex(@"pub struct (?<name>\w+) *\{(?<fields>[^}]*)\}")]
    private static partial Regex StructLines();

    [GeneratedRegex(@"^\s*(pub )?(?<name>\w+): (?<type>.+?),?\s*$", RegexOptions.Multiline)]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"^\[(?<type>.*);\s*(?<count>\d+)\]$")]
    private static partial Regex ArrayType();

    [GeneratedRegex(@"^[iu](?<bits>8|16|32|64)$")]
    private static partial Regex PrimitiveType();

    [GeneratedRegex(@"\bas\s+[\w:]+")]
    private static partial Regex Cast();
}
