using System.Runtime.InteropServices;

namespace Unp.Net.AbiTests;

enum UnixSystem
{
    Linux,
    MacOS,
    FreeBSD,
}

/// <summary>What a column of the table is for.</summary>
sealed record Platform(UnixSystem System, Architecture Architecture, bool IsMusl = false);
