namespace Unp.Net;

/// <summary>A send by <see cref="ZeroCopySender"/>.</summary>
/// <param name="Length">How many bytes went; fewer than all only of a stream that is non-blocking, was interrupted, or ran out of memory it may lock.</param>
/// <param name="Number">The kernel's number of it, for <see cref="ZeroCopySender.IsDone"/>; null when the bytes were copied, so that the buffer is free at once.</param>
public readonly record struct ZeroCopySend(int Length, uint? Number);
