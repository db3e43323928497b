namespace Unp.Samples.sock;

/// <summary>
/// Stevens' test tool (UNP C.3): a TCP or UDP client or server that copies standard input to the socket and the socket to standard output.
/// With -i it is a source that sends as fast as possible, or a sink. Each socket option has a letter.
/// </summary>
static class sock
{
    public static void Main(string[] args, ProgramOptions options)
    {
        SockOptions chosen = SockOptions.Parse(args);
        if (chosen.IsServer)
            new SockServer(chosen, options).Run();
        else
            new SockClient(chosen).Run();
    }

    public static void Usage(string reason)
    {
        err_msg("""
            usage: sock [ options ] <host> <port>              (for client; default)
                   sock [ options ] -s [ <IPaddress> ] <port>  (for server)
                   sock [ options ] -i <host> <port>           (for "source" client)
                   sock [ options ] -i -s [ <IPaddress> ] <port>  (for "sink" server)
              -b n  local port of a client                 -A  SO_REUSEADDR
              -c    convert newline to CR/LF and back      -B  SO_BROADCAST
              -f a.b.c.d.p  the only peer (UDP server)     -C  terminal in cbreak mode
              -h    half-close at the end of input         -D  SO_DEBUG
              -i    source, or with -s sink                -E  print the destination of datagrams
              -j a.b.c.d  join a multicast group           -F  one thread per client
              -k    write in chunks                        -H n  IP_TOS
              -l a.b.c.d.p  local address of a client      -J n  IP_TTL
              -n n  number of writes, source (1024)        -K  SO_KEEPALIVE
              -o    don't connect the UDP client           -L n  SO_LINGER, n seconds
              -p n  ms before each read or write           -N  TCP_NODELAY
              -q n  backlog of a TCP server (5)            -O n  ms after listen, before accept
              -r n  bytes per read (1024)                  -P n  ms before the first read or write
              -s    server                                 -Q n  ms after FIN, before close
              -t n  IP_MULTICAST_TTL                       -R n  SO_RCVBUF
              -u    UDP                                    -S n  SO_SNDBUF
              -v    verbose                                -T  SO_REUSEPORT
              -w n  bytes per write, source (1024)         -U n  urgent data before write n (source)
              -x n  ms, SO_RCVTIMEO                        -V  writev in chunks
              -y n  ms, SO_SNDTIMEO                        -W  ignore write errors (source)
              -X n  TCP_MAXSEG                             -Y  SO_DONTROUTE
                                                           -Z  MSG_PEEK first
            """);
        err_quit(reason);
    }

    /// <summary>Formats an address like the C tool: <c>127.0.0.1.13</c>.</summary>
    public static string Name(in SockAddr address) => $"{address.Address}.{address.Port}";
}
