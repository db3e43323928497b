namespace Unp.Net;

/// <summary>Who is at the other side of a Unix socket, by the kernel's word (section 15.8). See <see cref="Libunp.Getpeercred"/>.</summary>
/// <param name="ProcessId">
/// The process; null where the system does not tell (FreeBSD), and where it has no id here (Linux, a process of another pid name space).
/// </param>
/// <param name="UserId">Its effective user.</param>
/// <param name="GroupId">Its effective group.</param>
public readonly record struct PeerCredentials(int? ProcessId, uint UserId, uint GroupId);
