using System.Net;

namespace Unp.Samples.names;

/// <summary><see cref="hostent"/> that also prints the name of each address, from gethostbyaddr (exercise 11.1).</summary>
static class hostent2
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
            Console.WriteLine($"official hostname: {host.Name}");
            foreach (string alias in host.Aliases)
                Console.WriteLine($"\talias: {alias}");
            foreach (IPAddress address in host.Addresses)
            {
                Console.WriteLine($"\taddress: {address}");
                Console.WriteLine(gethostbyaddr(address, out _) is { } owner ? $"\tname = {owner.Name}" : "\t(gethostbyaddr failed)");
            }
        }
    }
}
