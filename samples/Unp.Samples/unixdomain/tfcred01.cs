using System.Text;

namespace Unp.Samples.unixdomain;

/// <summary>Sends a line to itself and prints the sender's credentials from the kernel (UNP 15.8).</summary>
static class tfcred01
{
    public static void Main(string[] args, ProgramOptions options)
    {
        Socketpair(AF_LOCAL, SOCK_STREAM, 0, out Fd sending, out Fd receiving);
        using (sending)
        using (receiving)
        {
            Setsockopt(receiving, SocketOptions.PassCred, true);
            Write(sending, "hello, world\n"u8);

            Span<byte> buf = stackalloc byte[100];
            int n = Credentials.Read_cred(receiving, buf, out PeerCredentials? cred);
            if (n == 0)
                err_quit("recv_cred, unexpected EOF");
            Console.Write($"data: {Encoding.UTF8.GetString(buf[..n])}");
            Console.WriteLine(cred is { } sender ? Describe(sender, receiving) : "(no credentials returned)");
        }
    }

    /// <summary>
    /// Formats the credentials. The real IDs came with the data, and the others belong to the creator of the pair. Linux passes no login
    /// name.
    /// </summary>
    static string Describe(PeerCredentials sender, Fd receiving)
    {
        PeerCredentials peer = Getpeercred(receiving);
        uint[] groups = Getpeergroups(receiving);
        return $"""
            real user ID = {sender.UserId}
            real group ID = {sender.GroupId}
            effective user ID = {peer.UserId}
            effective group ID = {peer.GroupId}
            {groups.Length} supplementary groups:{string.Concat(groups.Select(group => $" {group}"))}
            """;
    }
}
