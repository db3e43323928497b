using System.Net;

namespace Unp.Samples.names;

/// <summary>Prints the addresses of this host, with the library's My_addrs (UNP 11.3).</summary>
static class prmyaddrs
{
    public static void Main(string[] args, ProgramOptions options)
    {
        foreach (IPAddress address in My_addrs(out _))
            Console.WriteLine($"\taddress: {address}");
    }
}
