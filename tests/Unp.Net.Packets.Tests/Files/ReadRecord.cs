namespace Unp.Net.Packets.Tests;

/// <summary>A copy of a record that outlives the next read.</summary>
sealed record ReadRecord(
    string Data, int WireLength, PacketTime? Time, LinkType LinkType, string? Interface, RecordFlags Flags, string? Comment)
{
    public ReadRecord(CaptureRecord record)
        : this(Convert.ToHexString(record.Data), record.WireLength, record.Time, record.LinkType, record.Interface.Name, record.Flags,
            record.Comment)
    {
    }

    public static List<ReadRecord> All(byte[] file) => All(new CaptureFileReader(new MemoryStream(file)));

    /// <summary>Reads all records of a complete file.</summary>
    public static List<ReadRecord> All(CaptureFileReader reader)
    {
        using (reader)
        {
            List<ReadRecord> records = [];
            while (reader.TryRead(out CaptureRecord record))
                records.Add(new ReadRecord(record));
            Assert.False(reader.IsTruncated);
            return records;
        }
    }
}
