using System.Text;

namespace Unp.Net.Tests.UnixDomain;

/// <summary>Tests each kind of name with each type of socket.</summary>
public sealed class UnixNameTests : IDisposable
{
    static readonly byte[] Odd = [0, 0xFF, (byte)'a', 0, 0xC3, 0x28, 0x80, 0];

    readonly TempDirectory directory = new();

    public void Dispose()
    {
        // .NET cannot delete these sockets, because their names are not UTF-8.
        using SpawnedProcess remove = Spawn("find", [directory[""], "-type", "s", "-delete"]);
        Assert.Equal(0, remove.Wait().ExitStatus);
        directory.Dispose();
    }

    public static TheoryData<string, int> All =>
        new MatrixTheoryData<string, int>(
            ["path", "path of any bytes", "abstract", "abstract of any bytes", "autobind"],
            [SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET]);

    [Theory]
    [MemberData(nameof(All))]
    public void Every_socket_type_works_with_every_kind_of_name(string kind, int type)
    {
        using Fd server = Loopback.Limited(Socket(AF_UNIX, type));
        Bind(server, Name(kind));
        SockAddr address = Getsockname(server);
        if (kind != "autobind")
            Assert.Equal(Name(kind).Bytes, address.Bytes);
        if (type != SOCK_DGRAM)
            Listen(server);
        using Fd client = Loopback.Limited(Socket(AF_UNIX, type));
        Bind(client, SockAddr.UnixUnnamed());
        Connect(client, address);
        Assert.Equal(address, Getpeername(client));
        Writen(client, "first"u8);
        Writen(client, "second"u8);
        using Fd connection = type == SOCK_DGRAM ? Dup(server) : Accept(server);

        byte[] buffer = new byte[80];
        if (type == SOCK_STREAM)
        {
            Assert.Equal(11, Readn(connection, buffer.AsSpan(0, 11)));
            return;
        }
        Assert.Equal(5, Recvfrom(connection, buffer, 0, out SockAddr from));
        Assert.Equal(6, Recv(connection, buffer));
        Assert.Equal("second"u8, buffer.AsSpan(0, 6));
        Assert.Equal(Getsockname(client), type == SOCK_DGRAM ? from : Getpeername(connection));
    }

    [Fact]
    public void Autobind_gives_each_socket_unique_name()
    {
        Fd[] sockets = [.. Enumerable.Range(0, 100).Select(_ => Socket(AF_UNIX, SOCK_DGRAM))];
        foreach (Fd fd in sockets)
            Bind(fd, SockAddr.UnixUnnamed());
        SockAddr[] names = [.. sockets.Select(fd => Getsockname(fd))];
        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.True(name is { IsAbstract: true, PathBytes.Length: 6 }));
        foreach (Fd fd in sockets)
            fd.Dispose();
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_survive_in_name_and_text()
    {
        SockAddr name = SockAddr.UnixAbstract(Odd);
        Assert.Equal((byte[])[0, .. Odd], name.PathBytes);
        Assert.Equal(name, SockAddr.UnixAbstract(name.PathBytes[1..]));
        Assert.Equal(name, SockAddr.Parse(name.ToString()));
        Assert.Equal(name, SockAddr.UnixAbstract(name.Path[1..]));

        byte[] path = [.. Encoding.UTF8.GetBytes(directory["x"]), 0xFF, 0xFE];
        SockAddr file = SockAddr.Unix(path);
        Assert.Equal(path, file.PathBytes);
        Assert.Equal(2 + path.Length + 1, file.Length);
        Assert.False(file.IsAbstract);
        Assert.True(SockAddr.UnixUnnamed().PathBytes.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => _ = SockAddr.Any(AF_INET).PathBytes.Length);
    }

    [Fact]
    public void Path_of_bytes_has_same_rules_as_path_of_text()
    {
        Assert.Equal(SockAddr.Unix("/tmp/é"), SockAddr.Unix("/tmp/é"u8));
        Assert.Equal("path", Assert.Throws<ArgumentException>(() => SockAddr.Unix([])).ParamName);
        Assert.Contains("must not contain a NUL", Assert.Throws<ArgumentException>("path", () => SockAddr.Unix("a\0b"u8)).Message);
        Assert.Contains("at most 107 bytes, not 108", Assert.Throws<ArgumentException>("path", () => SockAddr.Unix(new byte[108])).Message);
        Assert.Equal(107, SockAddr.Unix(Encoding.UTF8.GetBytes(new string('x', 107))).PathBytes.Length);
    }

    [Fact]
    public void Empty_abstract_name_is_valid_and_its_text_is_parsed()
    {
        SockAddr empty = SockAddr.UnixAbstract("");
        Assert.Equal(("@", 3, true), (empty.ToString(), empty.Length, empty.IsAbstract));
        Assert.Equal(empty, SockAddr.Parse("@"));
        Assert.True(SockAddr.TryParse("@", out SockAddr again));
        Assert.Equal(empty, again);
        using Fd server = Loopback.Listener(empty);
        Assert.Equal(empty, Getsockname(server));
        using Fd client = Loopback.Connected(server);
        Assert.Equal("@", Getpeername(client).Path);
    }

    SockAddr Name(string kind) => kind switch
    {
        "path" => SockAddr.Unix(directory["é"]),
        "path of any bytes" => SockAddr.Unix([.. Encoding.UTF8.GetBytes(directory["x"]), 0xFF, 0xFE]),
        "abstract" => SockAddr.UnixAbstract(directory["name"]),
        "abstract of any bytes" => SockAddr.UnixAbstract([.. Odd, .. Encoding.UTF8.GetBytes(directory["x"])]),
        _ => SockAddr.UnixUnnamed(),
    };
}
