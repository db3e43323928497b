using System.Runtime.InteropServices;

namespace Unp.Net.AbiTests;

enum UnixSystem
{
    Linux,
    MacOS,
    FreeBSD,
}

/// <summary>The platform of a column of the table.</summary>
sealed record Platform(UnixSystem System, Architecture Architecture, bool IsMusl = false);
