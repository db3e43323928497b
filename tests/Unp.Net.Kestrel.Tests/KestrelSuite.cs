using System.Text;

namespace Unp.Net.Kestrel.Tests;

/// <summary>The base class of tests over the transport. Their theories run with every mechanism of the machine.</summary>
public abstract class KestrelSuite
{
    public static TheoryData<string> Mechanisms => [.. TestKqueue.Mechanisms];

    /// <summary>Runs a test with a server, with a time limit. The server must not have logged a warning.</summary>
    private protected static void With(WebServer server, Func<WebServer, Task> test) => Task.Run(async () =>
    {
        await using (server)
            await test(server);
        Assert.True(server.Logged.Count == 0, string.Join("\n", server.Logged));
    }).Within();

    /// <summary>Returns options that select a mechanism.</summary>
    protected static Action<UnpTransportOptions> Over(string mechanism) => options => options.Mechanism = mechanism;

    /// <summary>Runs curl, which must succeed, and returns its output.</summary>
    protected static string Curl(params string[] arguments)
    {
        using Peer curl = Peer.Start("curl", ["--silent", "--show-error", "--max-time", "20", .. arguments]);
        Outcome outcome = curl.Finish();
        Assert.True(outcome.Status == 0, $"curl {string.Join(' ', arguments)} ended with {outcome.Status}: {outcome.Error}");
        return outcome.Output;
    }

    /// <summary>
    /// Creates a source by which a handler notifies the test. The test's continuation does not run on the loop thread, which it would
    /// block.
    /// </summary>
    protected static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc cref="Source"/>
    protected static TaskCompletionSource<T> Source<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reads a blocking socket to the end.</summary>
    protected static string ReadToEnd(Fd socket) => Encoding.Latin1.GetString(TestData.ReadToEnd(socket));

    /// <summary>Closes a socket so that its peer gets a reset (UNP 7.5).</summary>
    protected static void Reset(Fd socket)
    {
        Setsockopt(socket, SocketOptions.Linger, TimeSpan.Zero);
        socket.Dispose();
    }

    private protected static Fd Connected(WebServer server)
    {
        Fd client = Loopback.Limited(Socket(AF_INET, SOCK_STREAM));
        Connect(client, server.Address);
        return client;
    }
}
