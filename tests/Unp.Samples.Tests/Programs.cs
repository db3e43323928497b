namespace Unp.Samples.Tests;

/// <summary>The TCP programs of the catalog, by what they are.</summary>
static class Programs
{
    public static IEnumerable<BookProgram> Clients => Tcp.Where(program => program.Usage == "<IPaddress>");

    public static IEnumerable<BookProgram> Servers =>
        Tcp.Where(program => program.Name.Contains("srv", StringComparison.Ordinal) || program.Name.Contains("serv", StringComparison.Ordinal));

    static IEnumerable<BookProgram> Tcp => Catalog.Programs.Where(program => program.Folder is "intro" or "tcpcliserv");
}
