namespace Unp.Samples.Tests.unixdomain;

public class UsageTests
{
    [Theory]
    [InlineData("unixbind <pathname>")]
    [InlineData("unixbind <pathname>", "a", "b")]
    [InlineData("mycat <pathname>")]
    [InlineData("mycat <pathname>", "a", "b")]
    [InlineData("openfile <sockfd#> <filename> <mode>", "0", "a")]
    [InlineData("fdserver [ <#workers> ]", "1", "2")]
    [InlineData("fdserver [ <#workers> ]", "0")]
    [InlineData("fdworker <sockfd#>")]
    [InlineData("daytimetcpcli <hostname/IPaddress> <service/port#>", "localhost")]
    [InlineData("daytimetcpsrv2 [ <host> ] <service or port>")]
    [InlineData("daytimetcpsrv2 [ <host> ] <service or port>", "localhost", "13", "x")]
    public void Wrong_number_of_arguments_prints_usage(string usage, params string[] arguments) =>
        Assert.Equal(new Outcome(1, "", $"usage: {usage}\n"), UnpProcess.Run([$"unixdomain/{usage.Split(' ')[0]}", .. arguments]));

    [Theory]
    [InlineData("fdserver", "two")]
    [InlineData("fdserver", "-1")]
    [InlineData("fdworker", "x")]
    [InlineData("fdworker", "99999999999")]
    [InlineData("openfile", "3x", "a", "0")]
    public void Invalid_number_is_reported(string program, params string[] arguments) =>
        Assert.Equal(
            new Outcome(1, "", $"{arguments[0]} is not a number\n"),
            UnpProcess.Run([$"unixdomain/{program}", "--", .. arguments]));

    [Theory]
    [InlineData("unixstrcli01", "/tmp/unix.str")]
    [InlineData("unixdgcli01", "/tmp/unix.dg")]
    public void Client_without_path_uses_book_path(string client, string path)
    {
        Assert.SkipWhen(File.Exists(path), $"{path} is in use");
        var environment = new Dictionary<string, string> { ["TMPDIR"] = "/tmp" };
        using Peer asking = UnpProcess.StartWith(environment, $"unixdomain/{client}").Type("x\n");
        Outcome outcome = asking.Finish();
        Assert.Equal((1, ""), (outcome.Status, outcome.Output));
        Assert.Contains("No such file or directory", outcome.Error, StringComparison.Ordinal);
    }
}
