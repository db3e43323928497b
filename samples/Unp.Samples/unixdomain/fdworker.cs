using System.Net.Sockets;
using DotNetSocket = System.Net.Sockets.Socket;

namespace Unp.Samples.unixdomain;

/// <summary>Takes connections from <see cref="fdserver"/>, and serves echo to all of them at once by .NET's streams (beside section 15.7).</summary>
static class fdworker
{
    public static void Main(string[] args, Options options)
    {
        if (args.Length != 1)
            err_quit("usage: fdworker <sockfd#>");

        using var sockfd = new Fd(Child.Number(args[0]));
        Span<byte> c = stackalloc byte[1];
        while (Read_fd(sockfd, c, out Fd? connfd) > 0)
        {
            if (connfd is null)
                err_msg("a connection is lost: no descriptor is free");
            else
                _ = Echo(new DotNetSocket(connfd.ToSocketHandle()));
        }

        // The server is gone. The end of this process is that of its connections.
    }

    static async Task Echo(DotNetSocket client)
    {
        using (client)
        {
            try
            {
                await using var stream = new NetworkStream(client);
                Console.WriteLine($"worker {Environment.ProcessId} serves {client.RemoteEndPoint}");
                await stream.CopyToAsync(stream);
            }
            catch (Exception gone) when (gone is IOException or SocketException)
            {
                // It was the client's end alone.
            }
        }
    }
}
