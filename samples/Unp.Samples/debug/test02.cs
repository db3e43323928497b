namespace Unp.Samples.debug;

/// <summary>Prints in which set select(2) reports a TCP connection when data, urgent data and the end arrive (UNP 6.3).</summary>
static class test02
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 2)
            options.Usage("<hostname> <service>");

        using Fd sockfd = Tcp_connect(args[0], args[1]);
        Span<byte> buf = stackalloc byte[MAXLINE];
        bool hasReadUrgent = false;
        while (true)
        {
            FdSet rset = default;
            FdSet wset = default;
            FdSet eset = default;
            rset.Set(sockfd);
            if (!hasReadUrgent)
                eset.Set(sockfd); // after the urgent byte is read, the exception stays until the data behind it is read
            Select(Math.Max(rset.Maxfdp1, eset.Maxfdp1), ref rset, ref wset, ref eset);

            if (eset.IsSet(sockfd))
            {
                int n = Recv(sockfd, buf, MSG_OOB);
                Console.WriteLine($"exception: {n} byte of urgent data");
                hasReadUrgent = true;
            }
            if (rset.IsSet(sockfd))
            {
                int n = Read(sockfd, buf);
                Console.WriteLine(n > 0 ? $"readable: {n} bytes" : "readable: EOF");
                if (n == 0)
                    return;
                hasReadUrgent = false;
            }
        }
    }
}
