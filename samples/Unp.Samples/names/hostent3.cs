using System.Net;

namespace Unp.Samples.names;

/// <summary><see cref="hostent2"/> with re-entrant functions, for which C needs gethostbyaddr_r (UNP 11.19).</summary>
static class hostent3
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
            {
                HostEnt? owner = gethostbyaddr(address, out h_errno);
                string what = owner is null ? $"(gethostbyaddr failed: {hstrerror(h_errno)})" : $"name = {owner.Name}";
                Console.WriteLine($"\tIPv4 address: {address}    {what}");
            }
        }
    }
}
