namespace Unp.Net.Abi.Linux;

/// <summary>How <c>openat2</c> opens. (openat2(2))</summary>
struct open_how
{
    /// <summary>O_*.</summary>
    public ulong flags;

    /// <summary>The permission bits of a file that O_CREAT makes; else 0.</summary>
    public ulong mode;

    /// <summary>RESOLVE_*.</summary>
    public ulong resolve;
}
