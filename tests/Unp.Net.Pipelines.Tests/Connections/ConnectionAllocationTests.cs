using System.Runtime.CompilerServices;
using Pooling = System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder;

namespace Unp.Net.Pipelines.Tests.Connections;

public class ConnectionAllocationTests : ConnectionSuite
{
    [Theory, MemberData(nameof(Ways))]
    public void Request_and_answer_allocate_nothing(string mechanism, bool readsAhead) =>
        WithPeer(mechanism, readsAhead, async (connection, peer) =>
        {
            byte[] request = new byte[64], answer = new byte[64];
            Task echo = Echo(connection);
            await AllocationCheck.AssertFreeAsync("a request", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
            {
                await peer.SendAsync(request);
                await peer.ReceiveAsync(answer);
            });
            peer.Shutdown(SHUT_WR);
            await echo;
        });

    /// <summary>Each connection holds a block at the same time.</summary>
    [Theory, MemberData(nameof(Mechanisms))]
    public void Many_requests_at_a_time_allocate_nothing(string mechanism) => OnLoop(mechanism, async loop =>
    {
        const int Count = 40;
        byte[] request = new byte[64];
        (LoopSocket Own, LoopSocket Peer)[] pairs = [.. Enumerable.Range(0, Count).Select(_ => Pair(loop))];
        LoopConnection[] connections = [.. pairs.Select(pair => new LoopConnection(pair.Own))];
        var ends = new SequencePosition[Count];
        await AllocationCheck.AssertFreeAsync("a request", [AsyncMethodBuilder(typeof(Pooling))] async ValueTask () =>
        {
            for (int i = 0; i < Count; i++)
            {
                await pairs[i].Peer.SendAsync(request);
                ends[i] = (await connections[i].Input.ReadAsync()).Buffer.End;
            }
            for (int i = 0; i < Count; i++)
                connections[i].Input.AdvanceTo(ends[i]);
        });
        for (int i = 0; i < Count; i++)
        {
            pairs[i].Peer.Dispose();
            await connections[i].DisposeAsync();
        }
    });
}
