using System.Runtime.InteropServices;

namespace Unp.Net.Abi
{
    /// <summary>A multicast group of either family, on the interface with this index. Only macOS packs the structure.</summary>
    struct group_req
    {
        public uint gr_interface;
        public sockaddr_storage gr_group;
    }

    /// <summary>A multicast group of either family for one source. Only macOS packs the structure.</summary>
    struct group_source_req
    {
        public uint gsr_interface;
        public sockaddr_storage gsr_group;
        public sockaddr_storage gsr_source;
    }
}

namespace Unp.Net.Abi.Darwin
{
    /// <summary>A multicast group of either family, on the interface with this index.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct group_req(in Abi.group_req neutral)
    {
        public uint gr_interface = neutral.gr_interface;
        public sockaddr_storage gr_group = neutral.gr_group;
    }

    /// <summary>A multicast group of either family for one source.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    struct group_source_req(in Abi.group_source_req neutral)
    {
        public uint gsr_interface = neutral.gsr_interface;
        public sockaddr_storage gsr_group = neutral.gsr_group;
        public sockaddr_storage gsr_source = neutral.gsr_source;
    }
}
