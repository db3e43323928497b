using System.Text;

namespace Unp.Net.Tests.Addresses;

public sealed class UnixTests : IDisposable
{
    readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Path_of_107_bytes_works_and_longer_path_is_refused()
    {
        string longest = directory["x"].PadRight(107, 'x');
        using Fd listenfd = Loopback.Listener(SockAddr.Unix(longest));
        using Fd client = Loopback.Connected(listenfd);
        Assert.Equal(longest, Getpeername(client).Path);
        Assert.True(File.Exists(longest));

        string message = Assert.Throws<ArgumentException>(() => SockAddr.Unix(longest + "x")).Message;
        Assert.Contains("at most 107 bytes, not 108", message);
        Assert.Contains(longest + "x", message);
        Assert.Equal(107, SockAddr.MaxPathLength);
    }

    [Fact]
    public void Length_of_path_counts_bytes_not_characters()
    {
        string path = directory["éééé"];
        path = path.PadRight(path.Length + 107 - Encoding.UTF8.GetByteCount(path), 'x');
        Assert.Equal(107, Encoding.UTF8.GetByteCount(path));
        using Fd listenfd = Loopback.Listener(SockAddr.Unix(path));
        using Fd client = Loopback.Connected(listenfd);
        Assert.Equal(path, Getpeername(client).Path);
        Assert.True(File.Exists(path));

        string message = Assert.Throws<ArgumentException>(() => SockAddr.Unix(path[..^1] + "é")).Message;
        Assert.Contains("not 108", message);
        Assert.Contains("not 324", Assert.Throws<ArgumentException>(() => SockAddr.Unix(new string('語', 108))).Message);
    }

    [Fact]
    public void Path_without_nul_is_equal()
    {
        // SUN_LEN does not count the NUL, and 108 bytes leave no room for one. The kernel nevertheless reports 111 bytes, but accepts only
        // 110.
        string path = directory["x"].PadRight(108, 'x');
        byte[] bytes = [.. BitConverter.GetBytes((ushort)AF_UNIX), .. Encoding.UTF8.GetBytes(path)];
        using Fd listenfd = Loopback.Listener(new SockAddr(bytes));
        SockAddr bound = Getsockname(listenfd);
        Assert.Equal((2 + 108, path, path), (bound.Length, bound.Path, Sock_ntop(bound)));
        Assert.Equal(bound, new SockAddr(bytes));
        Assert.Equal(bound, SockAddr.Parse(bound.ToString()));
        Assert.Equal(SockAddr.Unix("/a"), new SockAddr([1, 0, (byte)'/', (byte)'a']));

        using Fd client = Socket(AF_UNIX, SOCK_STREAM);
        Connect(client, bound);
        Assert.Equal(bound, Getpeername(client));
    }

    [Fact]
    public unsafe void Client_with_path_of_108_bytes_is_answered()
    {
        using Fd server = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM)), client = Loopback.Limited(Socket(AF_UNIX, SOCK_DGRAM));
        Bind(server, SockAddr.Unix(directory["server"]));
        byte[] name = [.. BitConverter.GetBytes((ushort)AF_UNIX), .. Encoding.UTF8.GetBytes(directory["x"].PadRight(108, 'x'))];
        fixed (byte* p = name)
            Assert.Equal(0, bind(client, p, (uint)name.Length));
        Sendto(client, "ping"u8, 0, Getsockname(server));

        byte[] buffer = new byte[10];
        Assert.Equal(4, Recvfrom(server, buffer, MSG_PEEK, out SockAddr sender));
        Sendto(server, "pong"u8, 0, sender);
        Assert.Equal(sender, Recvmsg(server, buffer, MSG_PEEK).Address);
        var batch = new MessageBatch(1, 10);
        Assert.Equal(1, Recvmmsg(server, batch));
        Assert.Equal((sender, sender), (batch[0].Address, Getsockname(client)));
        Assert.Equal(1, Sendmmsg(server, batch, 1));
        Assert.Equal((4, 4), (Recv(client, buffer), Recv(client, buffer)));
    }

    [Fact]
    public void Bytes_after_nul_of_path_are_ignored()
    {
        var address = new SockAddr([1, 0, (byte)'/', (byte)'a', 0, (byte)'b', (byte)'c']);
        Assert.Equal(("/a", "/a"), (address.Path, address.ToString()));
        Assert.Equal(SockAddr.Unix("/a"), address);
    }

    [Fact]
    public void Socket_bound_to_unnamed_address_gets_name_from_kernel()
    {
        using Fd listenfd = Loopback.Listener(SockAddr.UnixUnnamed());
        SockAddr name = Getsockname(listenfd);
        Assert.True(name.IsAbstract);
        Assert.Matches("^@[0-9a-f]{5}$", name.Path);
        using Fd client = Socket(AF_UNIX, SOCK_STREAM);
        Connect(client, SockAddr.Parse(name.ToString()));
        Assert.Equal(name, Getpeername(client));
    }

    [Fact]
    public void Unbound_socket_is_unnamed()
    {
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        SockAddr name = Getsockname(fd);
        Assert.Equal(SockAddr.UnixUnnamed(), name);
        Assert.Equal((2, "", "(no pathname bound)", false), (name.Length, name.Path, name.ToString(), name.IsAbstract));
    }

    [Fact]
    public void Abstract_names_that_differ_after_nul_are_different()
    {
        string unique = directory["name"];
        using Fd first = Loopback.Listener(SockAddr.UnixAbstract(unique));
        using Fd second = Loopback.Listener(SockAddr.UnixAbstract(unique + "\0"));
        using Fd third = Loopback.Listener(SockAddr.UnixAbstract(unique + "\0x"));
        Assert.Equal($"@{unique}\0x", Getsockname(third).Path);
        using Fd client = Socket(AF_UNIX, SOCK_STREAM);
        Connect(client, SockAddr.UnixAbstract(unique + "\0"));
        Assert.Equal(Getsockname(second), Getpeername(client));
    }

    [Fact]
    public void Abstract_name_disappears_with_socket_and_needs_no_file()
    {
        SockAddr name = SockAddr.UnixAbstract(directory["name"]);
        Loopback.Listener(name).Dispose();
        Loopback.Listener(name).Dispose();
        Assert.False(File.Exists(directory["name"]));
    }

    [Fact]
    public void Abstract_name_may_have_any_107_bytes()
    {
        byte[] name = [.. Enumerable.Range(149, 107).Select(n => (byte)n)];
        using Fd listenfd = Loopback.Listener(SockAddr.UnixAbstract(name));
        Assert.Equal((byte[])[1, 0, 0, .. name], Getsockname(listenfd).Bytes);

        string message = Assert.Throws<ArgumentException>(() => SockAddr.UnixAbstract(new string('n', 108))).Message;
        Assert.Contains("at most 107 bytes, not 108", message);
        Assert.Contains(new string('n', 108), message);
    }

    [Fact]
    public void Missing_path_is_refused()
    {
        Assert.Equal("path", Assert.Throws<ArgumentNullException>(() => SockAddr.Unix((string)null!)).ParamName);
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => SockAddr.Unix("")).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(() => SockAddr.UnixAbstract((string)null!)).ParamName);
    }

    [Fact]
    public void Errors_contain_path()
    {
        using Fd fd = Socket(AF_UNIX, SOCK_STREAM);
        string path = directory["nobody"];
        Assert.Equal(
            $"connect error: No such file or directory ({path})",
            Assert.Throws<UnpException>(() => Connect(fd, SockAddr.Unix(path))).Message);
        Assert.Equal(
            $"connect error: Connection refused (@{path})",
            Assert.Throws<UnpException>(() => Connect(fd, SockAddr.UnixAbstract(path))).Message);
    }
}
