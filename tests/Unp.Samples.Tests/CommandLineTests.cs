using System.Text.RegularExpressions;

namespace Unp.Samples.Tests;

public class CommandLineTests
{
    static readonly Dictionary<string, int> Ports = new()
    {
        ["daytimetcpcli2"] = 9999,
        ["daytimetcpsrv2"] = 9999,
        ["daytimetcpsrv3"] = 9999,
        ["tcpcli05"] = 7,
        ["tsigpipe"] = 13,
    };

    [Fact]
    public void Command_without_arguments_prints_usage()
    {
        Outcome outcome = UnpProcess.Run();
        Assert.Equal(1, outcome.Status);
        Assert.Contains("--port", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("no program is named; 'unp demo' shows some at work, 'unp list' shows all\n", outcome.Error);

        Outcome help = UnpProcess.Run("--help");
        Assert.Equal(new Outcome(0, outcome.Output, ""), help);
    }

    [Fact]
    public void Help_starts_with_commands_that_work()
    {
        string[] commands = [.. Regex.Matches(UnpProcess.Run("--help").Output, "^    unp (.*?)   ", RegexOptions.Multiline)
            .Select(line => line.Groups[1].Value)];
        Assert.Equal(["demo", "list", "tcpserv04", "tcpcliserv/tcpcli01 127.0.0.1", "tcpserv04 --help", "wwwd"], commands);
        Assert.All(commands.Skip(2), command => Assert.Single(Catalog.Named(command.Split(' ')[0])));

        using Peer serving = UnpProcess.StartServer(commands[2], "127.0.0.1", out SockAddr listening);
        using Peer client = UnpProcess.Start([.. commands[3].Split(' '), "--port", $"{listening.Port}"]).Type("hello\n");
        Assert.Equal(new Outcome(0, "hello\n", ""), client.Finish());
    }

    [Theory]
    [InlineData("nosuch")]
    [InlineData("tcpcliserv/tcpcli02", "127.0.0.1")]
    [InlineData("--port", "13", "Tcpcli01")]
    public void Unknown_program_is_named(params string[] arguments)
    {
        string name = arguments.First(argument => argument.Any(char.IsAsciiLetterLower) && !argument.StartsWith('-'));
        Assert.Equal(new Outcome(1, "", $"unp has no program '{name}'; 'unp list' shows all programs\n"), UnpProcess.Run(arguments));
    }

    [Theory]
    [InlineData("tcpcli01", "127.0.0.1")]
    [InlineData("--port", "9", "tcpcli01", "--help")]
    public void Name_in_two_chapters_is_refused_with_both_paths(params string[] arguments) => Assert.Equal(
        new Outcome(1, "", "several chapters have a tcpcli01; use its path: "
            + "tcpcliserv/tcpcli01, select/tcpcli01, advio/tcpcli01, nonblock/tcpcli01, threads/tcpcli01, ipopts/tcpcli01\n"),
        UnpProcess.Run(arguments));

    [Theory]
    [InlineData("tcpcliserv/tcpcli04", "<IPaddress>", "port 9877", "figure 5.9")]
    [InlineData("intro/daytimetcpsrv2", "--bind <address>", "port 9999", "exercise 1.5")]
    public void Help_describes_arguments_and_purpose(string program, params string[] parts)
    {
        Outcome outcome = UnpProcess.Run(program, "--help");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.All(parts, part => Assert.Contains(part, outcome.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_client_requires_one_argument()
    {
        Assert.All(Programs.Clients, client => Assert.Equal(Usage(client.Name), UnpProcess.Run(client.Path)));
        Assert.Equal(Usage("tcpcli04"), UnpProcess.Run("tcpcliserv/tcpcli04", "127.0.0.1", "::1"));
    }

    [Theory]
    [InlineData("1.2.3")]
    [InlineData("localhost")]
    [InlineData("::g")]
    [InlineData("")]
    [InlineData("127.0.0.1:13")]
    [InlineData("127.0.0.01")]
    [InlineData("@file")]
    public void Invalid_address_is_refused_as_in_book(string text)
    {
        Assert.Equal(new Outcome(1, "", $"inet_pton error for {text}\n"), UnpProcess.Run("tcpcliserv/tcpcli04", text));
    }

    [Theory]
    [InlineData("70000")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public void Invalid_port_is_refused(string text)
    {
        Outcome outcome = UnpProcess.Run("tcpcliserv/tcpcli04", "127.0.0.1", "--port", text);
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Equal($"--port {text}: a port must be between 0 and 65535", outcome.Error.TrimEnd());
    }

    [Fact]
    public void Server_refuses_invalid_options()
    {
        Assert.Equal(new Outcome(1, "", "inet_pton error for 1.2.3\n"), UnpProcess.Run("tcpserv04", "--port", "0", "--bind", "1.2.3"));
        Assert.Equal("--port 70000: a port must be between 0 and 65535", UnpProcess.Run("tcpserv04", "--port", "70000").Error.TrimEnd());
    }

    [Theory]
    [InlineData("tcpserv04", "--port")]
    [InlineData("tcpserv04", "--bind")]
    [InlineData("tcpserv04", "--port", "1", "--port", "2")]
    [InlineData("demo", "tcpserv04")]
    [InlineData("list", "5")]
    public void Unparsable_command_line_is_refused_in_one_line(params string[] arguments)
    {
        Outcome outcome = UnpProcess.Run(arguments);
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("intro/daytimetcpcli", "127.0.0.1")]
    [InlineData("tcpcliserv/tcpcli01", "::1")]
    public void Refused_connection_is_reported_with_address(string client, string host)
    {
        // The port is bound but not listening, so no other process can take it.
        SockAddr local = SockAddr.Inet(host, 0);
        Loopback.Require(local.Family);
        using Fd deaf = Socket(local.Family, SOCK_STREAM);
        Bind(deaf, local);
        SockAddr address = Getsockname(deaf);
        Assert.Equal(
            new Outcome(1, "", $"connect error: Connection refused ({address})\n"),
            UnpProcess.Run(client, host, "--port", $"{address.Port}"));
    }

    [Fact]
    public void Port_in_use_is_reported_with_address()
    {
        using Peer first = UnpProcess.StartServer("tcpcliserv/tcpserv04", "127.0.0.1", out SockAddr address);
        Assert.All(Programs.Servers, server => Assert.Equal(
            new Outcome(1, "", $"bind error: Address already in use ({address})\n"),
            UnpProcess.Run(server.Path, "--bind", "127.0.0.1", "--port", $"{address.Port}")));
    }

    [Fact]
    public void Server_without_port_binds_book_port()
    {
        // No machine has this address (RFC 5737), so the error shows the attempted address.
        Assert.All(Programs.Servers, server => Assert.Equal(
            new Outcome(1, "", $"bind error: Cannot assign requested address (192.0.2.1:{BookPort(server)})\n"),
            UnpProcess.Run(server.Path, "--bind", "192.0.2.1")));
    }

    [Fact]
    public void Client_without_port_connects_to_book_port()
    {
        // TCP has no broadcast, so the kernel refuses immediately and the error shows the attempted address.
        Assert.All(Programs.Clients, client =>
        {
            Outcome outcome = UnpProcess.Run(client.Path, "255.255.255.255");
            Assert.Equal(1, outcome.Status);
            if (client.Folder != "sockopt") // the sockopt clients print the defaults first
                Assert.Empty(outcome.Output);
            Assert.Matches($"^connect error: .* \\(255\\.255\\.255\\.255:{BookPort(client)}\\)\n$", outcome.Error);
        });
    }

    [Fact]
    public void Server_without_bind_accepts_on_every_address_of_family()
    {
        using var options = new ProgramOptions("server", null, null);
        Assert.Equal("0.0.0.0:13", options.ServerAddress(AF_INET, 13).ToString());
        Assert.Equal("[::]:13", options.ServerAddress(AF_INET6, 13).ToString());
        using var chosen = new ProgramOptions("server", 9000, "::1");
        Assert.Equal("[::1]:9000", chosen.ServerAddress(AF_INET, 13).ToString());
    }

    static Outcome Usage(string program) => new(1, "", $"usage: {program} <IPaddress>\n");

    static int BookPort(BookProgram program)
    {
        int port = Ports.GetValueOrDefault(program.Name, program.Folder is "intro" or "sockopt" ? 13 : 9877);
        Assert.EndsWith($"(port {port})", program.Purpose, StringComparison.Ordinal);
        return port;
    }
}
