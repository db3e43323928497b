namespace Unp.Samples.route;

/// <summary>Prints the index of an interface (UNP 18.6).</summary>
static class prifindex
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<interface-name>");
        Console.WriteLine($"interface index = {If_nametoindex(args[0])}");
    }
}
