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
}
