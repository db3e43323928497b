using System.Net;

namespace Unp.Samples.names;

/// <summary><see cref="hostent2"/> that prints the complete result of gethostbyaddr (exercise 11.2).</summary>
static class test1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        foreach (string name in args)
        {
            HostEnt? host = gethostbyname(name, out int h_errno);
            if (host is null)
            {
                err_msg($"gethostbyname error for host: {name}: {hstrerror(h_errno)}");
                continue;
            }
            Console.WriteLine($"official host name: {host.Name}");
            foreach (string alias in host.Aliases)
                Console.WriteLine($"\talias: {alias}");
            foreach (IPAddress address in host.Addresses)
                Print(address);
        }
    }

    static void Print(IPAddress address)
    {
        Console.WriteLine($"\taddress: {address}");
        HostEnt? owner = gethostbyaddr(address, out _);
        if (owner is null)
        {
            Console.WriteLine("\t\t(gethostbyaddr failed)");
            return;
        }
        Console.WriteLine($"\t\tname = {owner.Name}");
        Console.WriteLine($"\t\tofficial host name: {owner.Name}");
        foreach (string alias in owner.Aliases)
            Console.WriteLine($"\t\talias: {alias}");
    }
}
