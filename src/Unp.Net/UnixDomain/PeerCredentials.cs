namespace Unp.Net;

/// <summary>
/// Who is at the other side of a Unix socket (<see cref="Libunp.Getpeercred"/>) or has sent a message (<see cref="ControlMessage.TryGetCredentials"/>),
/// by the kernel's word (section 15.8).
/// </summary>
/// <param name="ProcessId">
/// The process; null where the system does not tell (FreeBSD's LOCAL_CREDS, and its peers before FreeBSD 13), and where it has no id here (Linux: a process of
/// another pid name space, or a message that was sent before either side had SO_PASSCRED, whose user and group mean nobody).
/// </param>
/// <param name="UserId">Its effective user; of a message on Linux its real one.</param>
/// <param name="GroupId">Its effective group; of a message its real one, but the effective one with FreeBSD's LOCAL_CREDS and LOCAL_CREDS_PERSISTENT.</param>
public readonly record struct PeerCredentials(int? ProcessId, uint UserId, uint GroupId);
