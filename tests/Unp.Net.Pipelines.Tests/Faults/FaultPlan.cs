using FsCheck;
using FsCheck.Fluent;

namespace Unp.Net.Pipelines.Tests.Faults;

public enum PeerAct
{
    Write,
    Read,
    Pause,
    EndSending,
}

/// <summary>One action of the peer, with its number of bytes.</summary>
public sealed record PeerStep(PeerAct Act, int Size);

/// <summary>A random script for one connection.</summary>
/// <param name="Peer">The actions of the peer, in order.</param>
/// <param name="Resets">
/// Whether the peer resets the connection afterwards. Otherwise it shuts down its sending side, and reads to the end.
/// </param>
/// <param name="Writes">The sizes of the pieces that are sent to the peer, some after a pause.</param>
/// <param name="Reads">The buffer sizes of the receives, used cyclically.</param>
/// <param name="AbortAt">The number of received bytes at which this side aborts; null for never.</param>
/// <param name="SmallBuffers">Whether the kernel's send buffers are small, so that calls transfer only a part of the bytes.</param>
public sealed record FaultPlan(PeerStep[] Peer, bool Resets, int[] Writes, int[] Reads, int? AbortAt, bool SmallBuffers)
{
    static readonly Gen<int> Size = Gen.OneOf(Gen.Choose(1, 10), Gen.Choose(1, 5000), Gen.Choose(1, 60_000));

    static readonly Gen<PeerStep> Step =
        from act in Gen.Elements(PeerAct.Write, PeerAct.Write, PeerAct.Write, PeerAct.Read, PeerAct.Read, PeerAct.Pause, PeerAct.EndSending)
        from size in Size
        select new PeerStep(act, size);

    public static Arbitrary<FaultPlan> Any { get; } = (
        from steps in Gen.Choose(0, 12)
        from peer in Gen.ArrayOf(Step, steps)
        from resets in Gen.Elements(false, true, false)
        from pieces in Gen.Choose(0, 8)
        from writes in Gen.ArrayOf(Size, pieces)
        from reads in Gen.ArrayOf(Size, 5)
        from aborts in Gen.Choose(0, 5)
        from abortAt in Gen.Choose(0, 20_000)
        from small in Gen.Elements(false, true)
        select new FaultPlan(peer, resets, writes, reads, aborts == 0 ? abortAt : null, small)).ToArbitrary();

    /// <summary>The bytes that this side sends. Neighbouring bytes differ.</summary>
    public byte[] Sent { get; } = Pattern(Writes.Sum(), 7);

    /// <summary>The bytes that the peer sends if no failure stops it.</summary>
    public byte[] PeerSent { get; } = Pattern(
        Peer.TakeWhile(step => step.Act != PeerAct.EndSending).Where(step => step.Act == PeerAct.Write).Sum(step => step.Size), 11);

    public bool EndsSendingBeforeReset => Peer.Any(step => step.Act == PeerAct.EndSending);

    public override string ToString() =>
        $"peer: {string.Join(", ", Peer.Select(step => $"{step.Act} {step.Size}"))}, then {(Resets ? "reset" : "end")}; " +
        $"writes: {string.Join(", ", Writes)}; reads: {string.Join(", ", Reads)}; aborts at: {AbortAt}; small buffers: {SmallBuffers}";

    static byte[] Pattern(int length, int step) => [.. Enumerable.Range(0, length).Select(i => (byte)((i * step) + (i >> 8)))];
}
