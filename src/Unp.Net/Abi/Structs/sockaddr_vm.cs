namespace Unp.Net.Abi.Linux
{
    /// <summary>An address of a virtual machine or its host, in host byte order.</summary>
    unsafe struct sockaddr_vm
    {
        public ushort svm_family;
        public ushort svm_reserved1;
        public uint svm_port;
        public uint svm_cid;
        public byte svm_flags;
        public fixed byte svm_zero[3];
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>An address of a virtual machine or its host, in host byte order.</summary>
    struct sockaddr_vm
    {
        public byte svm_len;
        public byte svm_family;
        public ushort svm_reserved1;
        public uint svm_port;
        public uint svm_cid;
    }
}
