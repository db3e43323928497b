using System.Diagnostics;
using System.Globalization;

namespace Unp.Net.Packets.Tests;

/// <summary>
/// The reader on mutated capture files. UNP_FUZZ_COUNT sets how many there are; by default the test has a second. A seed makes a failure
/// repeatable.
/// </summary>
public sealed class CaptureFileFuzzTests
{
    const int Seed = 4711;

    /// <summary>The reader's buffer, and what it may grow to for a file of some hundred bytes.</summary>
    const long MaxBytesPerFile = 300_000;

    static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    static long Count =>
        long.TryParse(Environment.GetEnvironmentVariable("UNP_FUZZ_COUNT"), CultureInfo.InvariantCulture, out long count) ? count : 0;

    [Fact]
    public void Reader_survives_mutated_files()
    {
        byte[][] samples = [.. Samples()];
        var random = new Random(Seed);
        byte[] bytes = new byte[samples.Max(sample => sample.Length)];
        long start = Stopwatch.GetTimestamp(), count = Count, done = 0, records = 0, refused = 0, largest = 0;
        while (count > 0 ? done < count : Stopwatch.GetElapsedTime(start) < Budget)
        {
            byte[] sample = samples[random.Next(samples.Length)];
            sample.CopyTo(bytes, 0);
            int length = Mutate(bytes.AsSpan(..sample.Length), random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                records += Read(bytes, length);
            }
            catch (CaptureFileException e)
            {
                refused++;
                Assert.InRange(e.Offset, 0, length);
            }
            largest = Math.Max(largest, GC.GetAllocatedBytesForCurrentThread() - before);
            done++;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{done} files, {records} records, {refused} refused, at most {largest} bytes, {Stopwatch.GetElapsedTime(start)}");
        Assert.NotEqual(0, records);
        Assert.NotEqual(0, refused);
        Assert.InRange(largest, 0, MaxBytesPerFile);
    }

    static int Read(byte[] bytes, int length)
    {
        using var reader = new CaptureFileReader(new MemoryStream(bytes, 0, length));
        int count = 0;
        long offset = 0;
        while (reader.TryRead(out CaptureRecord record))
        {
            count++;
            Assert.InRange(record.Offset, offset, length);
            offset = record.Offset + record.Data.Length;
            Assert.InRange(reader.Offset, offset, length);
            Assert.InRange(record.WireLength, record.Data.Length, int.MaxValue);
            _ = record.Comment?.Length + (int)record.Flags.Value;
            int left = length;
            foreach (BlockOption option in record.Options)
                left -= option.Value.Length + (option.TryGetNumber(out _) ? 1 : 0);
            Assert.InRange(left, 0, length);
            _ = record.Decode().Status;
        }
        Assert.Equal(reader.IsTruncated, reader.Offset < length);
        return count;
    }

    static int Mutate(Span<byte> bytes, Random random)
    {
        int length = bytes.Length;
        for (int i = random.Next(1, 5); i > 0 && length > 0; i--)
        {
            int at = random.Next(length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2: // a small number at the place of a length or a type
                    bytes[at & ~3] = (byte)(random.Next(16) * 4);
                    break;
                case 3: // a length and its repetition
                    bytes[at] = (byte)random.Next(2);
                    bytes[Math.Min(at + 4, bytes.Length - 1)] = 0xff;
                    break;
                default:
                    length = random.Next(4) == 0 ? at : length;
                    break;
            }
        }
        return length;
    }

    static IEnumerable<byte[]> Samples()
    {
        byte[] data = Sample.UdpOverIpv4();
        foreach (bool isBigEndian in (bool[])[false, true])
        {
            foreach (uint magic in (uint[])[0xa1b2c3d4, 0xa1b23c4d])
                yield return new FileBytes(isBigEndian).PcapHeader(magic, link: 101)
                    .PcapRecord(1, 2, data, 100).PcapRecord(3, 4, data, 40).ToArray();
            yield return new FileBytes(isBigEndian).PcapHeader(0xa1b2cd34).U32(1).U32(2).U32(4).U32(4).U64(0).Raw(1, 2, 3, 4).ToArray();
            yield return new FileBytes(isBigEndian).Section(options => options.Option(1, "a").Option(4, "probe").EndOfOptions())
                .Interface(101, 100, options => options.Option(2, "eth0").Option(9, 0x8a).Option64(14, 3)
                    .Option(11, "\0tcp").EndOfOptions())
                .Enhanced(0, 5, data, options: options => options.Option(2, 1, 0, 0, 1).Option(1, "text").EndOfOptions())
                .Block(3, simple => simple.U32(data.Length).Padded(data))
                .Block(4, names => names.U64(0))
                .Block(2, old => old.U16(0).U16(3).U32(0).U32(5).U32(1).U32(1).Padded([8]))
                .Block(5, statistics => statistics.U32(0).U32(0).U32(9).OptionTime(2, 1).Option64(4, 10).EndOfOptions())
                .ToArray();
            yield return new FileBytes(isBigEndian).Section().Interface(options: options => options.Option(9, 12)).Enhanced(0, 9, data)
                .Section().Interface(276).Interface(113).Enhanced(1, 9, data).ToArray();
        }
    }
}
