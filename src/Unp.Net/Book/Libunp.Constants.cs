namespace Unp.Net;

// The book's header unp.h.
public static partial class Libunp
{
    /// <summary>The maximum length of a line of text in the book, in bytes, including the newline.</summary>
    public const int MAXLINE = 4096;

    /// <summary>The buffer size for reads and writes in the book, in bytes.</summary>
    public const int BUFFSIZE = 8192;

    /// <summary>The port of the book's TCP and UDP echo servers.</summary>
    public const int SERV_PORT = 9877;

    /// <summary>The path of the book's Unix domain stream servers.</summary>
    public const string UNIXSTR_PATH = "/tmp/unix.str";

    /// <summary>The path of the book's Unix domain datagram servers.</summary>
    public const string UNIXDG_PATH = "/tmp/unix.dg";
}
