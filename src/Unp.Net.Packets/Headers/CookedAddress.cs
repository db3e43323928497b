using System.Runtime.CompilerServices;

namespace Unp.Net.Packets;

/// <summary>The link-layer address of a cooked capture: 8 bytes, of which an Ethernet address uses 6.</summary>
[InlineArray(8)]
struct CookedAddress
{
    byte first;
}
