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

        Written by a test from the table in `src/Unp.Net/Options`; `UNP_UPDATE_DOCS=1 tests/run` writes it anew.

        `Setsockopt(fd, SocketOptions.KeepAlive, true)` and `Getsockopt(fd, SocketOptions.KeepAlive)` set and read an option as the type that it means. A
        property has the C name in Pascal case: `SO_` is left out, since such an option is any socket's, and the prefix of a protocol stays. Where a system
        is not listed, using the option throws `PlatformNotSupportedException` with its name, and `IsSupported` is false. A time is rounded up to
        the option's unit. What belongs to one SCTP association is asked with a question: `Getsockopt(fd, SocketOptions.SctpStatus, new SctpStatus
        { AssociationId = id })`. In brackets stand the manual page and the book's section.

        """;

    static readonly XElement Documentation = XElement.Load(Path.Combine(AppContext.BaseDirectory, "Unp.Net.xml"));

    public static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (var level in SocketOptions.All.GroupBy(option => option.LevelName))
        {
            page.Append($"\n## Level {level.Key}\n\n| option | `SocketOptions.` | value | in C | systems | what it does |\n|---|---|---|---|---|---|\n");
            foreach (SocketOption option in level)
            {
                string value = $"`{TypeName(option.ValueType)}`{Access(option)}";
                page.Append($"| {option.Name} | `{PropertyOf(option).Name}` | {value} | {option.Form} | {Systems(option)} | {Text(option)} |\n");
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
                _ => throw new InvalidOperationException($"{node} has no form in Markdown yet"),
            });
        }
        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
