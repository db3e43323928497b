namespace Unp.Samples.route;

/// <summary>Prints all names and indexes of interfaces, and checks the functions against each other (UNP 18.6).</summary>
static class prifnameindex
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 0)
            options.Usage();

        foreach (var (if_index, if_name) in If_nameindex())
        {
            Console.WriteLine($"name = {if_name}, index = {if_index}");

            uint n = If_nametoindex(if_name);
            if (n != if_index)
                err_quit($"if_nametoindex returned {n}, expected {if_index}, for {if_name}");

            string ifname = If_indextoname(if_index);
            if (ifname != if_name)
                err_quit($"if_indextoname returned {ifname}, expected {if_name}, for {if_index}");
        }

        foreach (string name in (string[])["fkjhkjhgjhgjhgdjhguyetiuyiuyhkjhkjdh", ""])
        {
            if (if_nametoindex(name) is not 0 and var n)
                err_quit($"if_nametoindex returned {n} for {name}");
        }
        foreach (uint index in (uint[])[0, 888888])
        {
            if (if_indextoname(index) is not null)
                err_quit($"if_indextoname error for {index}");
        }
    }
}
