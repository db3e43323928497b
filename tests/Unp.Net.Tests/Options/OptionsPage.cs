using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Unp.Net.Tests.Options;

/// <summary>Writes docs/options.md from the table of options and the documentation comments of its properties.</summary>
static partial class OptionsPage
{
    const string Head = """
        # Socket options

        This page is generated from the table in `src/Unp.Net/Options`. `UNP_UPDATE_DOCS=1 tests/run` generates it again.

        `Setsockopt(fd, SocketOptions.KeepAlive, true)` sets an option, and `Getsockopt(fd, SocketOptions.KeepAlive)` reads it, both with a
        typed value.

        - A property has the C name in Pascal case. The prefix `SO_` is omitted because such an option applies to any socket; the prefix of
          a protocol stays.
        - On a system that is not listed, `IsSupported` is false, and using the option throws `PlatformNotSupportedException` with its name.
        - A time is rounded up to the option's unit.
        - An option of one SCTP association is read with a question:
          `Getsockopt(fd, SocketOptions.SctpStatus, new SctpStatus { AssociationId = id })`.
        - The parentheses contain the manual page and the section of the book (UNP).

        """;

    static readonly XElement Documentation = XElement.Load(Path.Combine(AppContext.BaseDirectory, "Unp.Net.xml"));

    public static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (var level in SocketOptions.All.GroupBy(option => option.LevelName))
        {
            page.Append($"\n## Level {level.Key}\n\n");
            page.Append("| option | `SocketOptions.` | value | in C | systems | description |\n|---|---|---|---|---|---|\n");
            foreach (SocketOption option in level)
            {
                string value = $"`{TypeName(option.ValueType)}`{Access(option)}";
                page.Append($"| {option.Name} | `{PropertyOf(option).Name}` | {value} | {option.Form} | {Systems(option)} | ");
                page.Append($"{Text(option)} |\n");
            }
        }
        return page.ToString();
    }

    static PropertyInfo PropertyOf(SocketOption option) =>
        typeof(SocketOptions).GetProperties().Single(property => ReferenceEquals(property.GetValue(null), option));

    static string Access(SocketOption option) => !option.CanWrite ? ", read only" : !option.CanRead ? ", set only" : "";

    static string Systems(SocketOption option)
    {
        List<string> systems = [];
        if (option.Systems.HasFlag(OptionSystems.Linux))
            systems.Add("Linux");
        if (option.Systems.HasFlag(OptionSystems.MacOS))
            systems.Add(option.MacName is { } name ? $"macOS ({name})" : "macOS");
        if (option.Systems.HasFlag(OptionSystems.FreeBsd))
            systems.Add("FreeBSD");
        return string.Join(", ", systems);
    }

    static string TypeName(Type type) => Nullable.GetUnderlyingType(type) is { } inner
        ? $"{TypeName(inner)}?"
        : type == typeof(bool) ? "bool"
        : type == typeof(int) ? "int"
        : type == typeof(uint) ? "uint"
        : type == typeof(ulong) ? "ulong"
        : type == typeof(string) ? "string"
        : type == typeof(byte[]) ? "byte[]"
        : type.Name;

    static string Text(SocketOption option)
    {
        string member = $"P:{typeof(SocketOptions).FullName}.{PropertyOf(option).Name}";
        XElement comment = Documentation.Descendants("member").Single(element => (string?)element.Attribute("name") == member);
        return string.Join(' ', new[] { "summary", "remarks" }.Select(part => Markdown(comment.Element(part)!)));
    }

    static string Markdown(XElement element)
    {
        var text = new StringBuilder();
        foreach (XNode node in element.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => $"`{((string)see.Attribute("cref")!).Split('.')[^1]}`",
                XText plain => plain.Value,
                _ => throw new InvalidOperationException($"The node {node} cannot be converted to Markdown. Add a case for it."),
            });
        }
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
