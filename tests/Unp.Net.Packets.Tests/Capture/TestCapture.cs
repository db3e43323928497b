using System.Buffers.Binary;

namespace Unp.Net.Packets.Tests;

/// <summary>A capture of either kind, so that one test checks both.</summary>
sealed class TestCapture : IDisposable
{
    readonly PacketCapture? ring;
    readonly PacketSocket? socket;

    /// <summary>Opens a capture in a namespace.</summary>
    internal TestCapture(NetworkNamespace host, bool isRing, string? interfaceName, CaptureOptions? options = null)
    {
        options = (options ?? new()) with { BlockTimeout = TimeSpan.FromMilliseconds(1) };
        if (isRing)
            ring = host.Call(() => new PacketCapture(interfaceName, options));
        else
            socket = host.Call(() => new PacketSocket(interfaceName, options));
    }

    internal Fd Descriptor => ring?.Descriptor ?? socket!.Descriptor;

    internal LinkType LinkType => ring?.LinkType ?? socket!.LinkType;

    internal CaptureStatistics Statistics => ring?.Statistics ?? socket!.Statistics;

    internal bool TryRead(out CapturedPacket packet) => ring is null ? socket!.TryRead(out packet) : ring.TryRead(out packet);

    internal bool Wait(TimeSpan timeout) => ring?.Wait(timeout) ?? socket!.Wait(timeout);

    /// <summary>Waits for the next packet.</summary>
    internal CapturedPacket Read()
    {
        CapturedPacket packet;
        while (!TryRead(out packet))
            Assert.True(Wait(Limit.Default), "no packet has arrived");
        return packet;
    }

    /// <summary>Returns the number in the last four bytes of the next packet, see <see cref="Traffic"/>.</summary>
    internal int ReadNumber() => BinaryPrimitives.ReadInt32BigEndian(Read().Data[^4..]);

    public void Dispose()
    {
        ring?.Dispose();
        socket?.Dispose();
    }
}
