namespace Unp.Net.Abi.Linux;

/// <summary>The arguments of <c>openat2</c>. (openat2(2))</summary>
struct open_how
{
    /// <summary>Flags of open, O_*.</summary>
    public ulong flags;

    /// <summary>The permission bits of a file that O_CREAT creates; otherwise 0.</summary>
    public ulong mode;

    /// <summary>Rules for resolving the path, RESOLVE_*.</summary>
    public ulong resolve;
}
