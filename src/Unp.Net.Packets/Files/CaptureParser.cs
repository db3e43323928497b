namespace Unp.Net.Packets;

/// <summary>
/// Reads the records of one format. Nothing of a record is consumed before all of it is there, so an incomplete one can be tried again.
/// </summary>
abstract class CaptureParser(CaptureBuffer buffer, string? path, int maxRecordLength)
{
    int recordLength;

    public abstract CaptureFileFormat Format { get; }

    public abstract CaptureSection Section { get; }

    public abstract IReadOnlyList<CaptureInterface> Interfaces { get; }

    /// <summary>Gets whether the stream ended inside a record.</summary>
    public virtual bool IsInsideRecord => !buffer.Available.IsEmpty;

    /// <summary>Gets the offset behind the last delivered record, or that of the next one that could not be read.</summary>
    public virtual long Offset => buffer.Offset + recordLength;

    protected CaptureBuffer Buffer => buffer;

    public bool TryRead(out CaptureRecord record)
    {
        buffer.Consume(recordLength);
        recordLength = 0;
        return TryReadNext(out record);
    }

    protected abstract bool TryReadNext(out CaptureRecord record);

    /// <summary>Keeps the record at the start of the buffer until the next read.</summary>
    protected void Keep(int length) => recordLength = length;

    /// <summary>Checks the two lengths of a packet.</summary>
    /// <exception cref="CaptureFileException">A length is over its limit.</exception>
    protected void CheckLengths(uint captured, uint wire)
    {
        if (captured > maxRecordLength)
            throw Wrong($"the packet has {captured} captured bytes, more than the limit of {maxRecordLength}");
        if (wire > int.MaxValue)
            throw Wrong($"the packet has {wire} bytes on the wire, more than {int.MaxValue}");
    }

    /// <summary>Creates the exception for the record that is being read.</summary>
    protected CaptureFileException Wrong(string reason) => new(path, Offset, reason);
}
