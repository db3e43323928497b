using System.Globalization;
using System.Text.RegularExpressions;

namespace Unp.Net.AbiTests;

/// <summary>
/// A parser for the Rust declarations of a C interface: constants (<c>pub const NAME: ::c_int = 5;</c>), aliases
/// (<c>pub type socklen_t = u32;</c>) and structs. It arranges structs by C's rules for a 64-bit system.
/// </summary>
sealed partial class RustSource
{
    readonly Dictionary<string, string> constants = [];
    readonly Dictionary<string, string> aliases = [];
    readonly Dictionary<string, string> structs = [];

    /// <summary>Reads source texts.</summary>
    /// <param name="system">The name of the system in Rust. Fields that this system lacks are omitted.</param>
    /// <param name="texts">The source texts, the general ones first. A later text overrides an earlier one.</param>
    public RustSource(string system, IEnumerable<string> texts)
    {
        var fieldOfAllBut = new Regex($@"#\[cfg\(not\(any\([^)]*""{system}""[^)]*\)\)\)\]\s*.*");
        foreach (string text in texts)
        {
            foreach (Match m in ConstantLine().Matches(text))
                constants[m.Groups["name"].Value] = m.Groups["value"].Value;
            foreach (Match m in AliasLine().Matches(text))
                aliases[m.Groups["name"].Value] = m.Groups["type"].Value;
            foreach (Match m in StructLines().Matches(text))
                structs[m.Groups["name"].Value] = fieldOfAllBut.Replace(FieldOfOthers().Replace(m.Groups["fields"].Value, ""), "");
        }
    }

    /// <summary>
    /// Returns the value of a constant whose expression has only numbers, names, <c>|</c>, <c>&lt;&lt;</c> and casts; null for any other
    /// constant.
    /// </summary>
    public long? ValueOf(string name) => constants.TryGetValue(name, out string? expression)
        ? Cast().Replace(expression, "").Split('|').Select(term => Evaluate(term.Trim())).Aggregate((long?)0, (a, b) => a | b)
        : null;

    /// <summary>Returns the layout of a struct or of an alias for an integer; null for an unknown name.</summary>
    public Layout? LayoutOf(string name) =>
        structs.ContainsKey(name) ? Arrange(name).Layout
        : aliases.TryGetValue(name, out string? type) && PrimitiveType().IsMatch(type) ? new(name, Measure(type).Size, [])
        : null;

    long? Evaluate(string term)
    {
        if (term.Split("<<") is [var shifted, var bits])
            return Evaluate(shifted.Trim()) << (int?)Evaluate(bits.Trim());
        string digits = term.Replace("_", "", StringComparison.Ordinal);
        if (digits.StartsWith("0x", StringComparison.Ordinal))
            return long.Parse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return long.TryParse(digits, CultureInfo.InvariantCulture, out long number) ? number : ValueOf(term.TrimStart(':'));
    }

    (Layout Layout, int Alignment) Arrange(string name)
    {
        List<LayoutField> fields = [];
        int offset = 0;
        int alignment = name == "in6_addr" ? 4 : 1; // from an attribute
        foreach (Match m in FieldLine().Matches(structs[name]))
        {
            string field = m.Groups["name"].Value;
            if (fields.Any(f => f.Name == field))
                continue; // repeated under another #[cfg], but no field of these structs differs between 64-bit systems
            var (size, align, signed) = Measure(m.Groups["type"].Value);
            offset = RoundUp(offset, align);
            alignment = Math.Max(alignment, align);
            fields.Add(new(field, offset, size, signed));
            offset += size;
        }
        return (new(name, RoundUp(offset, alignment), fields), alignment);
    }

    (int Size, int Alignment, bool? IsSigned) Measure(string type)
    {
        if (type.StartsWith('*'))
            return (8, 8, null);
        if (ArrayType().Match(type) is { Success: true } array)
        {
            var element = Measure(array.Groups["type"].Value);
            return (element.Size * (int)CountOf(array.Groups["count"].Value), element.Alignment, null);
        }
        type = type.TrimStart(':');
        if (PrimitiveType().Match(type) is { Success: true } primitive)
        {
            string bits = primitive.Groups["bits"].Value;
            int size = bits == "size" ? 8 : int.Parse(bits, CultureInfo.InvariantCulture) / 8;
            return (size, size, type[0] == 'i');
        }
        if (aliases.TryGetValue(type, out string? other))
            return Measure(other);
        var (layout, alignment) = Arrange(type);
        return (layout.Size, alignment, null);
    }

    /// <summary>Returns the length of an array, which is a number, a name or a quotient, perhaps with a cast.</summary>
    long CountOf(string expression) =>
        Cast().Replace(expression, "").Split('/').Select(term => Evaluate(term.Trim())!.Value).Aggregate((a, b) => a / b);

    static int RoundUp(int value, int alignment) => (value + alignment - 1) / alignment * alignment;

    [GeneratedRegex(@"pub const (?<name>\w+)\s*:\s*[\w:]+\s*=\s*(?<value>[^;]+);")]
    private static partial Regex ConstantLine();

    [GeneratedRegex(@"pub type (?<name>\w+)\s*=\s*(?<type>[\w:]+);")]
    private static partial Regex AliasLine();

    [GeneratedRegex(@"pub struct (?<name>\w+) *\{(?<fields>[^}]*)\}")]
    private static partial Regex StructLines();

    /// <summary>Matches fields of other systems, and a union that is replaced by a pointer for compilers without unions.</summary>
    [GeneratedRegex(@"#\[cfg\((target_os = ""(?!macos|freebsd)\w+""|libc_union)\)\]\s*.*")]
    private static partial Regex FieldOfOthers();

    [GeneratedRegex(@"^\s*(pub )?(?<name>\w+): (?<type>.+?),?\s*$", RegexOptions.Multiline)]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"^\[(?<type>.*);\s*(?<count>[\w /:]+)\]$")]
    private static partial Regex ArrayType();

    [GeneratedRegex(@"^[iu](?<bits>8|16|32|64|size)$")]
    private static partial Regex PrimitiveType();

    [GeneratedRegex(@"\bas\s+[\w:]+")]
    private static partial Regex Cast();
}
