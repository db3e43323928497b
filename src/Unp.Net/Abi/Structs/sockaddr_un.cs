namespace Unp.Net.Abi.Linux
{
    /// <summary>A Unix domain address: a path, or after a first zero byte an abstract name.</summary>
    unsafe struct sockaddr_un
    {
        public ushort sun_family;
        public fixed byte sun_path[108];
    }
}

namespace Unp.Net.Abi.Bsd
{
    /// <summary>A Unix domain address: a path.</summary>
    unsafe struct sockaddr_un
    {
        public byte sun_len;
        public byte sun_family;
        public fixed byte sun_path[104];
    }
}
