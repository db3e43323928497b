// A record lock of fcntl: F_SETLK, F_SETLKW, F_GETLK. (fcntl(2))
namespace Unp.Net.Abi.Linux
{
    struct flock
    {
        public short l_type;
        public short l_whence;
        public long l_start;
        public long l_len;
        public int l_pid;
    }
}

namespace Unp.Net.Abi.Darwin
{
    struct flock
    {
        public long l_start;
        public long l_len;
        public int l_pid;
        public short l_type;
        public short l_whence;
    }
}

namespace Unp.Net.Abi.FreeBsd
{
    struct flock
    {
        public long l_start;
        public long l_len;
        public int l_pid;
        public short l_type;
        public short l_whence;
        public int l_sysid;
    }
}
