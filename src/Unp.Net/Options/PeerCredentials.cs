namespace Unp.Net;

/// <summary>
/// The credentials of the peer of a Unix socket (<see cref="Libunp.Getpeercred"/>) or of the sender of a message
/// (<see cref="ControlMessage.TryGetCredentials"/>), as the kernel recorded them (UNP 15.8).
/// </summary>
/// <param name="ProcessId">
/// The process id, or null. FreeBSD does not report it for LOCAL_CREDS, nor for peers before FreeBSD 13. On Linux it is null for a process
/// of another pid namespace. It is also null for a message that was sent before either side had SO_PASSCRED; user and group are invalid
/// then too.
/// </param>
/// <param name="UserId">The effective user. For a message on Linux it is the real user.</param>
/// <param name="GroupId">
/// The effective group. For a message it is the real group, except with FreeBSD's LOCAL_CREDS and LOCAL_CREDS_PERSISTENT.
/// </param>
public readonly record struct PeerCredentials(int? ProcessId, uint UserId, uint GroupId);
