namespace Unp.Samples.Tests;

/// <summary>The TCP programs of the catalog, by kind.</summary>
static class Programs
{
    public static IEnumerable<BookProgram> Clients => Tcp.Where(program => program.Usage == "<IPaddress>");

    /// <summary>The programs that this system can run.</summary>
    public static IEnumerable<BookProgram> Servers =>
        from program in Tcp
        where program.Name.Contains("srv", StringComparison.Ordinal) || program.Name.Contains("serv", StringComparison.Ordinal)
        where !program.Name.Contains(OperatingSystem.IsLinux() ? "kqueue" : "epoll", StringComparison.Ordinal)
        select program;

    static IEnumerable<BookProgram> Tcp => Catalog.Programs.Where(program => program.Folder is "intro" or "tcpcliserv");
}
