using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Unp.Net.Tests.Layers;

/// <summary>A use of a symbol that another folder of src/Unp.Net declares.</summary>
/// <param name="From">The folder of the use; empty for src/Unp.Net itself.</param>
/// <param name="To">The folder of the declaration.</param>
/// <param name="Place">The file and line of the use.</param>
/// <param name="Symbol">The symbol.</param>
sealed record SourceReference(string From, string To, string Place, string Symbol)
{
    public override string ToString() => $"{Place} uses {Symbol} of {To}";
}

/// <summary>The references between the folders of src/Unp.Net, as the compiler resolves them.</summary>
/// <remarks>
/// A member belongs to the folder of the file that declares it, so <c>Libc.accept</c> and <c>Libc.EAGAIN</c> have different folders. A
/// partial type of several folders belongs to none. Documentation does not count, because it may point to a higher folder.
/// </remarks>
sealed class SourceReferences
{
    // The SDK generates this file for ImplicitUsings.
    const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    readonly string root = Path.Combine(Repository.Root, "src", "Unp.Net");
    readonly List<SourceReference> references = [];
    readonly List<string> unresolved = [];

    public SourceReferences()
    {
        Folders = [.. Directory.GetDirectories(root).Select(path => Path.GetFileName(path)).Except(["bin", "obj"])];
        Files =
        [
            .. Directory.GetFiles(root, "*.cs"),
            .. Folders.SelectMany(folder => Directory.GetFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)),
        ];
        CSharpParseOptions options = new(documentationMode: DocumentationMode.None);
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            "Unp.Net",
            [
                CSharpSyntaxTree.ParseText(ImplicitUsings, options, Path.Combine(root, "ImplicitUsings.cs")),
                .. Files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
            ],
            Directory.GetFiles(framework, "*.dll").Where(IsManaged).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, concurrentBuild: false));
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
            AddReferences(tree, compilation.GetSemanticModel(tree));
    }

    /// <summary>The folders of src/Unp.Net that contain sources.</summary>
    public string[] Folders { get; }

    /// <summary>The source files.</summary>
    public string[] Files { get; }

    /// <summary>The references from one folder to another.</summary>
    public IReadOnlyList<SourceReference> All => references;

    /// <summary>The names that the compiler cannot resolve; none if the compilation is complete.</summary>
    public IReadOnlyList<string> Unresolved => unresolved;

    static bool IsManaged(string file) => Path.GetFileName(file) is var name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));

    void AddReferences(SyntaxTree tree, SemanticModel model)
    {
        string from = FolderOf(tree);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            if (node is not (SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
                continue;
            SymbolInfo found = model.GetSymbolInfo(node);
            if ((found.Symbol ?? found.CandidateSymbols.FirstOrDefault()) is not { } symbol)
            {
                if (node is not IdentifierNameSyntax { Identifier.Text: "nameof" or "unmanaged" })
                    unresolved.Add($"{PlaceOf(node)}: {node}");
            }
            else if (FolderOf(symbol) is { } to && to != from)
            {
                references.Add(new(from, to, PlaceOf(node), symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)));
            }
        }
    }

    static string PlaceOf(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return $"{Path.GetRelativePath(Repository.Root, span.Path)}:{span.StartLinePosition.Line + 1}";
    }

    string? FolderOf(ISymbol symbol)
    {
        string[] folders = [.. symbol.OriginalDefinition.DeclaringSyntaxReferences.Select(part => FolderOf(part.SyntaxTree)).Distinct()];
        return symbol is not INamespaceSymbol && folders is [var folder] ? folder : null;
    }

    string FolderOf(SyntaxTree tree) =>
        Path.GetRelativePath(root, tree.FilePath).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";
}
