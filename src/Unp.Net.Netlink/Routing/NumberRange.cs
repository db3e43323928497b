namespace Unp.Net.Netlink;

/// <summary>A range of user ids or ports, including both ends.</summary>
/// <param name="First">The smallest number.</param>
/// <param name="Last">The largest number.</param>
public readonly record struct NumberRange(uint First, uint Last)
{
    /// <summary>Returns the ends: <c>"1000-1999"</c>.</summary>
    public override string ToString() => $"{First}-{Last}";
}
