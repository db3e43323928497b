namespace Unp.Samples.Tests;

/// <summary>The catalog by what the programs are.</summary>
static class Programs
{
    public static IEnumerable<BookProgram> Clients => Catalog.Programs.Where(program => program.Usage == "<IPaddress>");

    public static IEnumerable<BookProgram> Servers =>
        Catalog.Programs.Where(program => program.Name.Contains("srv", StringComparison.Ordinal) || program.Name.Contains("serv", StringComparison.Ordinal));
}
