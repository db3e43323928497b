using Unp.Net.Packets;

namespace Unp.Samples.packets;

/// <summary>
/// Captures packets, or reads them from a file, and prints a line for each as tcpdump(8) does, or writes them to a file (UNP C.5).
/// </summary>
static class dump
{
    /// <summary>A time after which the kernel has delivered its last block, several times that of a block.</summary>
    static readonly TimeSpan LastBlockTimeout = TimeSpan.FromMilliseconds(100);

    static readonly BpfProgram Nothing = BpfProgram.Parse("ret #0");

    public static void Main(string[] args, ProgramOptions options)
    {
        DumpOptions chosen = DumpOptions.Parse(args, options);
        if (chosen.InputFile is null)
            Capture(chosen);
        else
            ReadFile(chosen);
    }

    static void ReadFile(DumpOptions options)
    {
        using CaptureFileReader reader = options.InputFile == "-"
            ? new CaptureFileReader(Console.OpenStandardInput()) : new CaptureFileReader(options.InputFile!);
        DumpOutput? output = null;
        BpfProgram? filter = null;
        try
        {
            while ((output is null || output.Count != options.Count) && reader.TryRead(out CaptureRecord record))
            {
                if (output is null)
                {
                    output = new DumpOutput(options, record.LinkType);
                    filter = BpfProgram.Compile(options.Filter, record.LinkType);
                    Report($"reading from file {options.InputFile}, link-type {LinkNames.Of(record.LinkType)}, "
                        + $"snapshot length {record.Interface.SnapLength}");
                }
                if (filter!.Run(record.Data, record.WireLength) != 0)
                    output.Add(record.Time ?? default, record.Data, record.WireLength);
            }
        }
        finally
        {
            output?.Dispose();
        }
        if (reader.IsTruncated)
            err_quit($"dump: the packet at byte {reader.Offset} of {options.InputFile} is incomplete");
    }

    static void Capture(DumpOptions options)
    {
        using Poller poller = Poller.Create();
        bool isInterrupted = false;
        void Interrupt(int signo)
        {
            Volatile.Write(ref isInterrupted, true);
            poller.Wake();
        }
        using IDisposable sigint = Signal(SIGINT, Interrupt);
        using IDisposable sigterm = Signal(SIGTERM, Interrupt);

        using PacketCapture capture = Open(options);
        using var output = new DumpOutput(options, capture.LinkType);
        poller.Add(capture.Descriptor, PollEvents.Readable);
        Report($"listening on {capture.InterfaceName ?? DumpOptions.AllInterfaces}, link-type {LinkNames.Of(capture.LinkType)}, "
            + $"snapshot length {options.SnapLength} bytes");

        var events = new PollEvent[1];
        while (!Volatile.Read(ref isInterrupted) && output.Count != options.Count)
        {
            if (capture.TryRead(out CapturedPacket packet))
            {
                output.Add(packet.Time, packet.Data, packet.WireLength);
                continue;
            }
            output.Flush();
            poller.Wait(events);
        }
        ReadRest(capture, output, options);
        output.Flush();
        CaptureStatistics statistics = capture.Statistics;
        Report($"{Packets(output.Count)} captured");
        Report($"{Packets(statistics.Received)} received by filter");
        Report($"{Packets(statistics.Dropped)} dropped by kernel");
    }

    /// <summary>Reads the packets that arrived before the interruption. The last block is delivered when its time is over.</summary>
    static void ReadRest(PacketCapture capture, DumpOutput output, DumpOptions options)
    {
        Nothing.AttachTo(capture.Descriptor);
        while (output.Count != options.Count && capture.Wait(LastBlockTimeout))
        {
            while (output.Count != options.Count && capture.TryRead(out CapturedPacket packet))
                output.Add(packet.Time, packet.Data, packet.WireLength);
        }
    }

    static PacketCapture Open(DumpOptions options)
    {
        // The link type of the filter is that of the interface, which a capture without packets shows.
        string? name = options.Interface == DumpOptions.AllInterfaces ? null : options.Interface;
        var capture = new CaptureOptions { SnapLength = options.SnapLength, IsPromiscuous = options.IsPromiscuous && name != null };
        if (options.Filter.Length == 0)
            return new PacketCapture(name, capture);
        LinkType linkType;
        using (var trial = new PacketCapture(name, capture with { Filter = Nothing, BlockCount = 1 }))
            linkType = trial.LinkType;
        return new PacketCapture(name, capture with { Filter = BpfProgram.Compile(options.Filter, linkType) });
    }

    static string Packets(long count) => count == 1 ? "1 packet" : $"{count} packets";

    static void Report(string line) => err_msg(line);
}
