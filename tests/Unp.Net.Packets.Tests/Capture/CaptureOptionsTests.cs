namespace Unp.Net.Packets.Tests;

/// <summary>Options of captures that are refused.</summary>
public sealed class CaptureOptionsTests
{
    [Fact]
    public void Option_that_is_wrong_is_named()
    {
        AssertRefused(nameof(CaptureOptions.SnapLength), new() { SnapLength = 0 });
        AssertRefused(nameof(CaptureOptions.BlockSize), new() { BlockSize = 0 });
        AssertRefused(nameof(CaptureOptions.BlockCount), new() { BlockCount = 0 });
        AssertRefused(nameof(CaptureOptions.BlockCount), new() { BlockCount = 16384 });
        AssertRefused(nameof(CaptureOptions.BlockTimeout), new() { BlockTimeout = TimeSpan.Zero });
        AssertRefused(nameof(CaptureOptions.BlockTimeout), new() { BlockTimeout = TimeSpan.FromHours(1) });
        AssertRefused(nameof(CaptureOptions.Direction), new() { Direction = (CaptureDirection)3 });
        AssertRefused(nameof(CaptureOptions.Clock), new() { Clock = (CaptureClock)2 });
        AssertRefused(nameof(CaptureFanout.Group), new() { Fanout = new() { Group = 65536 } });
        AssertRefused(nameof(CaptureFanout.Mode), new() { Fanout = new() { Group = 0, Mode = (FanoutMode)6 } });
        ArgumentException e = Assert.Throws<ArgumentException>(
            nameof(CaptureOptions.BlockSize), new CaptureOptions { BlockSize = 5000 }.Validate);
        Assert.Contains("5000", e.Message, StringComparison.Ordinal);
        new CaptureOptions().Validate();
    }

    [Fact]
    public void Promiscuous_mode_needs_interface() =>
        Assert.Throws<ArgumentException>("options", () => new PacketCapture(null, new() { IsPromiscuous = true }));

    static void AssertRefused(string name, CaptureOptions options) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, options.Validate);
}
