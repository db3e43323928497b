using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines.Tests.Connections;

public class ConnectionAllocationTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Ways))]
    public void Request_and_answer_allocate_nothing(string mechanism, bool readsAhead) => WithPeer(mechanism, readsAhead, async (connection, peer) =>
    {
        byte[] request = new byte[64], answer = new byte[64];
        Task echo = Echo(connection);
        await AllocationCheck.AssertFreeAsync("a request", [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] async ValueTask () =>
        {
            await peer.SendAsync(request);
            await peer.ReceiveAsync(answer);
        });
        peer.Shutdown(SHUT_WR);
        await echo;
    });

    /// <summary>Measured on many, since the runtime's own objects would else be counted to one.</summary>
    [Theory, MemberData(nameof(Ways))]
    public void Waiting_connection_is_small(string mechanism, bool readsAhead) => OnLoop(mechanism, async loop =>
    {
        const int Count = 100;
        var connections = new LoopConnection[Count];
        var sockets = new (LoopSocket First, LoopSocket Second)[Count];
        for (int i = 0; i < Count; i++)
            sockets[i] = Pair(loop);
        var options = new LoopConnectionOptions { MaxReadBufferSize = readsAhead ? 64 * 1024 : 0 };
        await Warm(loop, options);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < Count; i++)
        {
            connections[i] = new LoopConnection(sockets[i].First, options);
            _ = Echo(connections[i]);
        }
        await Turns(loop);
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Count;
        TestContext.Current.SendDiagnosticMessage($"{each} bytes a connection ({mechanism}, {(readsAhead ? "reads ahead" : "reads when asked")})");
        for (int i = 0; i < Count; i++)
        {
            sockets[i].Second.Dispose();
            await connections[i].DisposeAsync();
        }
        Assert.InRange(each, 0, 3000);
    });

    static async Task Warm(EventLoop loop, LoopConnectionOptions options)
    {
        var (first, second) = Pair(loop);
        await using var connection = new LoopConnection(first, options);
        Task echo = Echo(connection);
        second.Dispose();
        await echo;
    }
}
