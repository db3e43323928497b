namespace Unp.Net;

/// <summary>The result of <see cref="ZeroCopySender.Send"/>.</summary>
/// <param name="Length">
/// The number of bytes sent. Only a stream may send fewer bytes than given: it is non-blocking, was interrupted, or has reached
/// RLIMIT_MEMLOCK.
/// </param>
/// <param name="Number">
/// The kernel's number of the send, for <see cref="ZeroCopySender.IsDone"/>. Null if the data was copied, so the buffer is free at once.
/// </param>
public readonly record struct ZeroCopySend(int Length, uint? Number);
