namespace Unp.Net.Packets.Tests;

/// <summary>Filters that cover the language. Their addresses and ports are those of <see cref="PacketMix"/>.</summary>
static class FilterList
{
    static readonly string[] Written =
    [
        "", "ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6", "igmp", "igrp", "pim", "vrrp", "carp", "ah", "esp",
        "not ip", "! ip6", "not not tcp", "not (tcp or udp)", "(tcp)", "((tcp))", "tcp and udp", "ip or not ip", "ip and not ip",
        "tcp or udp and not port 80", "(tcp or udp) and not port 80", "tcp && port 80 || icmp", "not tcp and not udp and not icmp",
        "port 53 or 80", "port 53 and 80", "port (53 or 80)", "port 80 and (443 or 53)", "tcp port 80 or 443 or 8080", "port not 80",
        "tcp port (80 or 443) and host 10.0.0.1", "port 80 and not 443", "not port 80 or 443", "src port 80 and dst port 53",
        "port 0", "port 65535", "portrange 0-65535", "portrange 80", "portrange 443-80", "tcp portrange 1-1024", "udp portrange 53-80",
        "src portrange 53-80", "dst portrange 53-80", "src and dst portrange 53-443", "portrange http-https", "tcp portrange 53-https",
        "port http", "tcp port http", "port domain", "udp port domain", "sctp port domain", "port ntp", "udp port ntp", "port \\80",
        "host 10", "host 10.0", "host 10.0.0", "host 10.0.0.1", "net 10", "net 10.0", "net 10.0.0", "net 10.0.0.0/8", "net 0",
        "net 10.0.0.0/24", "net 10.0.0.0 mask 255.255.255.0", "net 10.0 mask 255.255.0.0", "net 0.0.0.0/0", "net 10.0.0.1/32",
        "src net 10.0.0.0/24", "dst net 192.168", "src net 10.0.0.0/30 and dst net 192.168.1.0/24", "not net 10.0.0.0/24",
        "host localhost", "ip host localhost", "ip6 host localhost", "src host localhost", "net loopback",
        "ip6 net 2001:db8::/32", "net 2001:db8::/33", "net fe80::/10", "net ::/0", "src net 2001:db8:1::/48", "ip6 host ::1",
        "host 2001:db8::1 or 2001:db8::2", "host ::ffff:10.0.0.1", "host 2001:db8:0:0:0:0:0:1", "not ip6 host 2001:db8::1",
        "ip6 src 2001:db8::1", "dst host 2001:db8::2 and tcp", "net ::/1 or net 8000::/1", "src or dst net 2001:db8::/126",
        "ip proto 6", "ip proto 17 or 6", "ip proto \\tcp", "ip6 proto \\udp", "ip6 proto 58", "proto 6", "proto \\icmp", "proto 0",
        "ip proto (6 or 17)", "ip proto not 6", "proto 255", "ip6 proto 44", "ip6 proto 0", "ip proto \\igmp or \\esp",
        "ether proto 0x800", "ether proto \\ip", "ether proto \\ip6", "ether proto \\arp or \\rarp", "ether proto 4", "ether proto 0x06",
        "ether proto 0xfe", "ether proto 0x42", "ether proto 0xf0", "ether proto 1500", "ether proto 1501", "ether proto 0x8100",
        "ether proto \\stp", "ether proto \\iso", "ether proto \\netbeui", "ether proto \\lat", "ether proto 65535", "link proto 0x806",
        "ether host 2:0:0:0:0:1", "ether src 2:0:0:0:0:1", "ether dst 02:00:00:00:00:02", "ether src or dst 02-00-00-00-00-01",
        "ether host 0200.0000.0001", "ether src host 020000000002 and ip", "ether host (2:0:0:0:0:1 or 2:0:0:0:0:2)",
        "ether host 2.0.0.0.0.1",
        "not ether src 2:0:0:0:0:1", "ether broadcast", "broadcast", "ether multicast", "multicast", "ip multicast", "ip6 multicast",
        "ip broadcast", "not broadcast and not multicast", "ip broadcast or ip multicast",
        "vlan", "vlan 5", "vlan 5 and tcp", "vlan and tcp port 80", "vlan 5 and vlan 7", "vlan and vlan and ip host 10.0.0.1",
        "not vlan", "vlan 5 or vlan 7", "(vlan 5 and ip6) or udp", "ip or vlan 5", "vlan 4095", "vlan 0 or arp", "vlan and ether proto 4",
        "vlan and ether src 2:0:0:0:0:1", "vlan and ip[0] & 0xf = 5", "vlan 5 and icmp[0] = 8", "vlan and portrange 1-100",
        "less 64", "greater 64", "len > 100", "length <= 100", "len = 60", "less 0", "greater 0", "len - 14 > 40", "len % 2 = 1",
        "60 < len",
        "ip[0] & 0xf > 5", "ip[0] & 0xf = 5", "ip[8] < 64", "ip[2:2] > 60", "ip[6:2] & 0x1fff != 0", "ip[6] & 0x20 != 0",
        "ip[12:4] = 0x0a000001", "ip[16:4] >= 0xe0000000", "ip[1] = 0", "ip[9] = 6 or ip[9] = 17", "ip[19] = ip[15]",
        "ip6[6] = 6", "ip6[7] < 64", "ip6[0] & 0xf0 = 0x60", "ip6[4:2] > 20", "ip6[8:4] = 0x20010db8", "ip6[40] = 0",
        "arp[6:2] = 1", "arp[6:2] = 2", "arp[14:4] = 0x0a000001", "rarp[7] = 3", "ether[0] & 1 = 0", "ether[0] & 1 != 0",
        "ether[12:2] = 0x800", "ether[12:2] > 1500", "link[0] = 2", "ether[0:4] = 0x02000000", "ether[6:4] = ether[0:4]",
        "tcp[13] & 2 != 0", "tcp[13] = 2", "tcp[13] & 3 = 2", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "tcp[tcpflags] == tcp-syn",
        "tcp[tcpflags] & tcp-ack != 0 and tcp[tcpflags] & tcp-push = 0", "tcp[0:2] = 80", "tcp[2:2] = 80 or tcp[2:2] = 443",
        "tcp[12] >> 4 > 5", "tcp[(tcp[12] & 0xf0) >> 2] = 0x47", "tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420", "not tcp[13] = 2",
        "tcp[tcpflags] & (tcp-urg|tcp-ece|tcp-cwr|tcp-rst) = 0", "udp[4:2] > 20", "udp[0:2] = 53", "udp[6:2] != 0",
        "sctp[0:2] = sctp[2:2]", "icmp[icmptype] = icmp-echo", "icmp[icmptype] != icmp-echo and icmp[icmptype] != icmp-echoreply",
        "icmp[icmpcode] = 0", "icmp[0] = icmp-unreach or icmp[0] = icmp-timxceed", "icmp6[icmp6type] = icmp6-echo",
        "icmp6[icmp6type] = icmp6-neighborsolicit or icmp6[0] = icmp6-routeradvert", "icmp6[icmp6code] = 0", "igmp[0] = 0x16",
        "pim[0] = 0x20",
        "tcp[0:2] + tcp[2:2] = 160", "udp[0:2] - udp[2:2] > 0", "ip[0] * 2 = 138", "ip[2:2] / 2 > 30", "ip[8] % 2 = 0",
        "ip[8] ^ 0xff < 200",
        "(ip[0] & 0xf) << 2 = 20", "(ip[2:2] - ((ip[0] & 0xf) << 2)) > 20", "ip[0] | 1 = 0x45", "-ip[0] > 0", "- - ip[0] = 0x45",
        "ip[ip[0] & 0xf] = 0", "ip[(ip[0] & 0xf) * 4:2] = 80", "ip[ip[9]:1] > 5", "tcp[ip[8]] > 5", "ether[ip[0] & 1] = 2",
        "ip[2:2] / ip[8] > 1", "ip[2:2] % ip[8] = 0", "ip[2:2] >> ip[8] = 0", "ip[0] << ip[1] = 0x45", "ip[0] - ip[8] > 1000",
        "ip[0] + 1 * 2 = 71", "1 + 2 * 3 = 7", "7 ^ 3 + 1 = 3", "2 * 7 % 4 = 6", "10 - 3 - 2 = 5", "1 << 2 + 1 = 8", "6 & 3 | 8 = 10",
        "1 = 1", "1 > 2", "1 = 2 or tcp", "5 - 6 > 0", "tcp and 1 = 1", "0x10 = 16", "010 = 8", "len = len", "ip[0] = ip[0]",
        "ip[0] & 0xf0 = 0x40 and ip6[0] & 0xf0 = 0x60", "ip[0] = 0x45 or ip6[0] = 0x60", "ip[100] = 0", "ip[1400] = 0", "not ip[1400] = 0",
        "(ip[8] + 1) * (ip[8] - 1) = ip[8] * ip[8] - 1", "(ip[1] + ip[2]) - (ip[3] - (ip[4] | ip[5])) != 3",
        "(tcp[0] - (tcp[1] - (tcp[2] - (tcp[3] - tcp[4])))) > 0", "host 10.0.0.1 and tcp and port 80 and tcp[13] & 2 != 0",
        "host 10.0.0.1 and (tcp port 80 or udp port 53) and not src net 192.168.1.0/24 and less 1000",
        "tcp and (port 80 or port 443) and (host 10.0.0.1 or host 10.0.0.2 or net 192.168.0.0/16) and not host 192.168.1.7",
        "(icmp or icmp6) and not (icmp[0] = 8 or icmp6[0] = 128)", "ip and not host 10.0.0.1 or ip6 and not host 2001:db8::1",
        "arp host 10.0.0.1", "arp src host 10.0.0.1", "rarp dst host 10.0.0.2", "arp net 10.0.0.0/24", "arp or rarp or icmp",
        "arp src net 10",
        "ip src 10.0.0.1 and dst 192.168.1.7", "src host 10.0.0.1 or dst host 10.0.0.1", "src and dst net 10.0.0.0/24",
        "dst or src host 10.0.0.2",
        "not src host 10.0.0.1 and not dst port 80", "host (10.0.0.1 or 10.0.0.2) and not (port 80 or 443)", "ip host 10.0.0.1 or 10.0.0.2",
        "tcp src port 80 or 443", "udp and src port 53", "sctp dst port 53", "dst and src port 80", "src port 80 or dst port 80 and udp",
    ];

    /// <summary>Gets all filters.</summary>
    internal static string[] All { get; } = [.. Written, .. Combined()];

    static IEnumerable<string> Combined()
    {
        string[] directions = ["", "src ", "dst ", "src or dst ", "src and dst "];
        foreach (string direction in directions)
        {
            foreach (string protocol in (string[])["", "tcp ", "udp ", "sctp "])
                yield return $"{protocol}{direction}port 80";
            foreach (string protocol in (string[])["", "ip ", "arp ", "rarp "])
                yield return $"{protocol}{direction}host 10.0.0.1";
            yield return $"ip6 {direction}host 2001:db8::1";
            yield return $"ip {direction}net 192.168.1.0/25";
            yield return $"ether {direction}host 2:0:0:0:0:1";
        }
    }
}
