namespace Unp.Net.Abi.Linux;

/// <summary>To whom the signals of a descriptor go, for F_SETOWN_EX. (fcntl(2))</summary>
struct f_owner_ex(int type, int pid)
{
    public owner_type type = new() { value = type };
    public int pid = pid;

    /// <summary>F_OWNER_TID... An enumeration, which glibc has unsigned and musl as an int.</summary>
    public struct owner_type
    {
        public int value;
    }
}
