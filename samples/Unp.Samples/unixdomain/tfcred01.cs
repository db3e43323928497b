using System.Text;

namespace Unp.Samples.unixdomain;

/// <summary>Sends itself a line, and prints what the kernel tells of the sender (section 15.8).</summary>
static class tfcred01
{
    public static void Main(string[] args, Options options)
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

    /// <summary>The real ids came with the data; the rest is of the one who has made the pair. Linux knows no login name.</summary>
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
