using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Unp.Net.Pipelines;

/// <summary>The base class of the inputs of connections.</summary>
abstract class ConnectionReader : PipeReader
{
    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <summary>Does the same as the base method, without an allocation.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    protected override async ValueTask<ReadResult> ReadAtLeastAsyncCore(int minimumSize, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult result = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (result.Buffer.Length >= minimumSize || result.IsCompleted || result.IsCanceled)
                return result;
            AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    protected static void ThrowIfCompleted(bool isCompleted)
    {
        if (isCompleted)
            throw new InvalidOperationException("The input was completed. Do not read after Complete.");
    }
}
