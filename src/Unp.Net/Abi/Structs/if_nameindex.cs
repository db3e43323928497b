namespace Unp.Net.Abi;

/// <summary>An interface in the array of <c>if_nameindex</c>, which ends with an element with index 0 and no name.</summary>
unsafe struct if_nameindex
{
    public uint if_index;
    public byte* if_name;
}
