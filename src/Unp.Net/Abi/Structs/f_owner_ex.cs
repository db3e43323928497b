namespace Unp.Net.Abi.Linux;

/// <summary>The recipient of the signals of a descriptor, for F_SETOWN_EX. (fcntl(2))</summary>
struct f_owner_ex(int type, int pid)
{
    public owner_type type = new() { value = type };
    public int pid = pid;

    /// <summary>F_OWNER_TID... The type is unsigned in glibc and int in musl.</summary>
    public struct owner_type
    {
        public int value;
    }
}
