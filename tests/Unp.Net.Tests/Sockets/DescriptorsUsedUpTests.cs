using System.Globalization;
using System.Net.Sockets;

namespace Unp.Net.Tests.Sockets;

/// <summary>EMFILE: a process without free descriptors.</summary>
public class DescriptorsUsedUpTests
{
    [Fact]
    public void Every_function_that_creates_descriptor_reports_EMFILE()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd client = Loopback.Connected(listenfd);
        string port = $"{Getsockname(listenfd).Port}";
        (string Function, Action Call)[] calls =
        [
            ("socket", () => Socket(AF_INET, SOCK_STREAM)),
            ("socketpair", () => Socketpair(AF_UNIX, SOCK_STREAM, 0, out _, out _)),
            ("accept", () => Accept(listenfd)),
            ("pipe", () => Pipe(out _, out _)),
            ("open", () => Open("/dev/null", O_RDONLY)),
            ("dup", () => Dup(listenfd)),
            ("tcp_connect", () => Tcp_connect("127.0.0.1", port)),
            ("tcp_listen", () => Tcp_listen("127.0.0.1", "0")),
        ];
        var failures = new UnpException?[calls.Length];
        WarmUp(() => Open("/no/such/file", O_RDONLY), () => Getaddrinfo("127.0.0.1", port));

        using (new DescriptorLimit())
        {
            for (int i = 0; i < calls.Length; i++)
                failures[i] = Failure(calls[i].Call);
        }
        Assert.Equal(calls.Select(call => call.Function), failures.Select(failure => failure?.Function));
        Assert.All(failures, failure =>
        {
            Assert.Equal((Errno.EMFILE, SocketError.TooManyOpenSockets), (failure!.Errno, failure.SocketErrorCode));
            Assert.Contains(": Too many open files", failure.Message);
        });
        Assert.Equal($"accept error: Too many open files ({listenfd})", failures[2]!.Message);
        Assert.Equal("open error: Too many open files (/dev/null)", failures[4]!.Message);
        Assert.Equal($"tcp_connect error for 127.0.0.1, {port}: Too many open files", failures[6]!.Message);
    }

    [Fact]
    public void Pair_uses_no_descriptor_if_only_one_is_free()
    {
        WarmUp(() => Open("/no/such/file", O_RDONLY));
        UnpException? pipe, pair;
        Fd? last = null;
        using (var limit = new DescriptorLimit())
        {
            limit.FreeOne();
            pipe = Failure(() => Pipe(out _, out _));
            pair = Failure(() => Socketpair(AF_UNIX, SOCK_STREAM, 0, out _, out _));
            _ = Failure(() => last = Socket(AF_INET, SOCK_STREAM));
        }
        Assert.Equal((Errno.EMFILE, Errno.EMFILE), (pipe?.Errno, pair?.Errno));
        Assert.NotNull(last);
        last.Dispose();
    }

    [Fact]
    public void Descriptor_limit_works_without_gaps_in_descriptor_table()
    {
        using Fd one = Socket(AF_INET, SOCK_STREAM);
        int highest = Directory.GetFileSystemEntries("/proc/self/fd")
            .Max(entry => int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture));
        var gaps = new List<Fd> { Dup(one) };
        while (Kernel.Number(gaps[^1]) <= highest)
            gaps.Add(Dup(one));
        using (var limit = new DescriptorLimit())
        {
            for (int i = 0; i < DescriptorLimit.Room; i++)
                limit.FreeOne();
        }
        gaps.ForEach(fd => fd.Dispose());
    }

    [Fact]
    public void Server_continues_when_descriptor_is_free_again()
    {
        using Fd listenfd = Loopback.Listener();
        using Fd first = Loopback.Connected(listenfd);
        using Fd second = Loopback.Connected(listenfd);
        Writen(first, "1"u8);
        Writen(second, "2"u8);
        byte[] served = new byte[2];
        UnpException? full, fullAgain;
        WarmUp(() => Open("/no/such/file", O_RDONLY), () => Serve(listenfd, served));
        using Fd third = Loopback.Connected(listenfd);
        Writen(third, "3"u8);

        using (var limit = new DescriptorLimit())
        {
            full = Failure(() => Serve(listenfd, served));
            limit.FreeOne();
            _ = Failure(() => Serve(listenfd, served.AsMemory(0, 1)));
            using (Socket(AF_INET, SOCK_STREAM))
                fullAgain = Failure(() => Serve(listenfd, served));
            _ = Failure(() => Serve(listenfd, served.AsMemory(1, 1)));
        }

        // No client was rejected, and the waiting ones are served in order of arrival.
        Assert.Equal((Errno.EMFILE, Errno.EMFILE), (full?.Errno, fullAgain?.Errno));
        Assert.Equal("23"u8, served);
    }

    static void Serve(Fd listenfd, Memory<byte> first)
    {
        using Fd connection = Accept(listenfd);
        Read(connection, first.Span[..1]);
    }

    static UnpException? Failure(Action call)
    {
        try
        {
            call();
            return null;
        }
        catch (UnpException failure)
        {
            return failure;
        }
    }

    /// <summary>Makes the runtime load the code that a first call and a first exception need.</summary>
    static void WarmUp(params Action[] calls)
    {
        foreach (Action call in calls)
            _ = Failure(call);
        Assert.Equal(SocketError.TooManyOpenSockets, new UnpException(Errno.EMFILE, "warm up").SocketErrorCode);
    }
}
