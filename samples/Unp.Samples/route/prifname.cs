namespace Unp.Samples.route;

/// <summary>Prints the name of an interface (UNP 18.6).</summary>
static class prifname
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<interface-index>");
        Console.WriteLine($"interface name = {If_indextoname((uint)ProgramOptions.Number(args[0]))}");
    }
}
