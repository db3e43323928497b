namespace Unp.Samples.names;

/// <summary>Prints the result of getnetbyname for each network (UNP 11.21).</summary>
static class netent
{
    public static void Main(string[] args, ProgramOptions options)
    {
        foreach (string name in args)
        {
            NetEnt? network = getnetbyname(name);
            if (network is null)
            {
                err_msg($"getnetbyname error for net: {name}: {hstrerror(HOST_NOT_FOUND)}");
                continue;
            }
            Console.WriteLine($"official netname: {network.Name}");
            foreach (string alias in network.Aliases)
                Console.WriteLine($"\talias: {alias}");
        }
    }
}
