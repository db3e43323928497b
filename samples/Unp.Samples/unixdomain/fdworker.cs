using System.Net.Sockets;
using DotNetSocket = System.Net.Sockets.Socket;

namespace Unp.Samples.unixdomain;

/// <summary>Receives connections from <see cref="fdserver"/> and echoes on all of them at once with .NET streams (UNP 15.7).</summary>
static class fdworker
{
    public static void Main(string[] args, ProgramOptions options)
    {
        if (args.Length != 1)
            options.Usage("<sockfd#>");

        using var sockfd = new Fd(ProgramOptions.Number(args[0]));
        Span<byte> c = stackalloc byte[1];
        while (Read_fd(sockfd, c, out Fd? connfd) > 0)
        {
            if (connfd is null)
                err_msg("no descriptor is free; closing a client");
            else
                _ = Echo(new DotNetSocket(connfd.ToSocketHandle()));
        }

        // The server is gone. This process ends, which closes its connections.
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
                // Only this client has failed.
            }
        }
    }
}
