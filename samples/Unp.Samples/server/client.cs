using System.Text;

namespace Unp.Samples.server;

/// <summary>
/// The client that measures the servers of this chapter (figure 30.3). Each child repeatedly connects, requests some bytes, reads them and
/// closes. The client closes first, so the client has the connections in TIME_WAIT.
/// </summary>
static class client
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 5)
            options.Usage(Load.Usage);
        int nchildren = ProgramOptions.Number(args[2]), nloops = ProgramOptions.Number(args[3]), nbytes = ProgramOptions.Number(args[4]);
        byte[] request = Encoding.ASCII.GetBytes($"{nbytes}\n");

        Load.Run(nchildren, i =>
        {
            for (int j = 0; j < nloops; j++)
            {
                using Fd fd = Tcp_connect(args[0], args[1]);
                Write(fd, request);
                int n = Load.Readn(fd, nbytes);
                if (n != nbytes)
                    err_quit($"server returned {n} bytes");
            }
            Console.WriteLine($"child {i} done");
        });
    }
}
