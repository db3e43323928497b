using System.Text;

namespace Unp.Samples.server;

/// <summary>
/// <see cref="client"/> that also tests whether the server survives resets (UNP 30.2). Before every third of its connections, the third
/// child makes another one and resets it at once.
/// </summary>
static class clientrst
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
                if (i == 2 && j % 3 == 0)
                {
                    using Fd reset = Tcp_connect(args[0], args[1]);
                    Setsockopt(reset, SocketOptions.Linger, TimeSpan.Zero);
                }

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
