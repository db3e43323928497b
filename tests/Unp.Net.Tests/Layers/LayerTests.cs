using System.Text.RegularExpressions;

namespace Unp.Net.Tests.Layers;

/// <summary>Tests the order of the folders of src/Unp.Net: a folder uses only the folders before it.</summary>
public partial class LayerTests(LayerTests.Sources sources) : IClassFixture<LayerTests.Sources>
{
    static readonly string[] Order =
    [
        "Abi",

        // The vocabulary: types of nearly every signature.
        "Errors", "Descriptors", "Addresses",

        "Libc",

        // The topics.
        "Files", "Polling", "Events", "Signals", "Names", "Options", "Sockets", "Streams", "UnixDomain", "Messages", "Datagrams",
        "NetworkInterfaces", "Routing", "Multicast", "IpOptions", "Raw", "Ipc", "Processes", "Terminals", "Daemons", "Workers",

        // The book's helpers for its programs.
        "Book",
    ];

    /// <summary>The references, computed once.</summary>
    public sealed class Sources
    {
        internal SourceReferences References { get; } = new();
    }

    [Fact]
    public void Order_contains_every_folder() => Assert.Equal(Order.Order(), sources.References.Folders.Order());

    [Fact]
    public void Folder_uses_only_folders_before_it()
    {
        Assert.Empty(sources.References.Unresolved);
        var against = sources.References.All.Where(reference => Place(reference.To) > Place(reference.From));
        Assert.True(!against.Any(), string.Join('\n', against));

        // src/Unp.Net itself comes first: it declares only the names of partial classes.
        static int Place(string folder) => Array.IndexOf(Order, folder);
    }

    [Fact]
    public void File_names_are_unique() => Assert.Distinct(sources.References.Files.Select(file => Path.GetFileName(file)));

    [Fact]
    public void Architecture_page_lists_order()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        string table = page[page.IndexOf("| layer |", StringComparison.Ordinal)..];
        string rows = table[..table.IndexOf("\n\n", StringComparison.Ordinal)];
        Assert.Equal(Order, Folder().Matches(rows).Select(match => match.Groups[1].Value));
    }

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Folder();
}
