using System.Net;

namespace Unp.Samples.names;

/// <summary><see cref="prmyaddrs"/> with gethostname and gethostbyname written out (UNP 11.3).</summary>
static class prmyaddrs1
{
    public static void Main(string[] args, ProgramOptions options)
    {
        string myname = Gethostname();
        HostEnt? host = gethostbyname(myname, out int h_errno);
        if (host is null)
            err_quit($"gethostbyname error for host: {myname}: {hstrerror(h_errno)}");
        foreach (IPAddress address in host.Addresses)
            Console.WriteLine($"\taddress: {address}");
    }
}
