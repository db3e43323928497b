/* Dumps by netlink in C: the baseline of Unp.Net.Netlink.Benchmarks. One socket, one receive buffer, one struct per entry. */
#include <errno.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUFFER_SIZE 32768

/* The structs have no padding, so that the benchmark can compare their bytes. Entries.cs declares the same ones. */
struct link_entry {
    int32_t index, mtu, master, peer, peer_namespace, queue_length, group, promiscuity;
    uint32_t flags;
    uint16_t hardware_type;
    uint8_t state, address_length;
    uint8_t address[32], broadcast[32];
    char name[16], kind[16], master_kind[16], queue_discipline[16], alias[256];
    uint64_t statistics[24]; /* rtnl_link_stats64 before Linux 5.19 */
};

struct address_entry {
    int32_t index;
    uint32_t flags, metric, preferred, valid;
    uint8_t family, prefix_length, scope, unused;
    uint8_t local[16], address[16], broadcast[4];
    char label[16];
};

struct route_entry {
    uint32_t table, metric, flags, next_hop_id, expires;
    int32_t index;
    uint32_t lock, mtu, window, advmss, hop_limit, congestion_window, receive_window, rto_min;
    uint8_t family, destination_length, source_length, tos, protocol, scope, kind, preference;
    uint8_t destination[16], source[16], gateway[16], preferred_source[16];
};

struct socket_entry {
    struct inet_diag_msg header;
    uint32_t memory[9], mark;
    uint8_t tos, traffic_class, v6only, shutdown;
    char congestion[16];
    uint8_t info[256];
};

typedef void parser(struct nlmsghdr *message, void *entry);

static char buffer[BUFFER_SIZE];
static uint32_t sequence;

/* Opens a socket with the options of NetlinkSocket. */
int c_netlink_open(int protocol)
{
    struct sockaddr_nl address = { .nl_family = AF_NETLINK };
    int options[] = { NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK }, on = 1;
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);

    for (int i = 0; i < 3; i++)
        setsockopt(fd, SOL_NETLINK, options[i], &on, sizeof(on));
    if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static void parse_attributes(struct rtattr **table, int max, struct rtattr *attribute, int length)
{
    memset(table, 0, (max + 1) * sizeof(*table));
    for (; RTA_OK(attribute, length); attribute = RTA_NEXT(attribute, length)) {
        int type = attribute->rta_type & NLA_TYPE_MASK;
        if (type <= max && table[type] == NULL)
            table[type] = attribute;
    }
}

static uint32_t number(const struct rtattr *attribute)
{
    uint32_t value = 0;

    if (attribute && RTA_PAYLOAD(attribute) >= sizeof(value))
        memcpy(&value, RTA_DATA(attribute), sizeof(value));
    return value;
}

static uint8_t byte(const struct rtattr *attribute)
{
    return attribute && RTA_PAYLOAD(attribute) >= 1 ? *(uint8_t *)RTA_DATA(attribute) : 0;
}

static size_t copy(void *to, size_t room, const struct rtattr *attribute)
{
    size_t length = attribute ? RTA_PAYLOAD(attribute) : 0;

    if (length > room)
        length = room;
    if (length > 0)
        memcpy(to, RTA_DATA(attribute), length);
    return length;
}

static void parse_link(struct nlmsghdr *message, void *place)
{
    struct ifinfomsg *header = NLMSG_DATA(message);
    struct link_entry *entry = place;
    struct rtattr *table[IFLA_PROP_LIST + 1], *info[IFLA_INFO_SLAVE_DATA + 1];

    parse_attributes(table, IFLA_PROP_LIST, IFLA_RTA(header), IFLA_PAYLOAD(message));
    entry->index = header->ifi_index;
    entry->flags = header->ifi_flags;
    entry->hardware_type = header->ifi_type;
    entry->mtu = number(table[IFLA_MTU]);
    entry->master = number(table[IFLA_MASTER]);
    entry->peer = number(table[IFLA_LINK]);
    entry->peer_namespace = number(table[IFLA_LINK_NETNSID]);
    entry->queue_length = number(table[IFLA_TXQLEN]);
    entry->group = number(table[IFLA_GROUP]);
    entry->promiscuity = number(table[IFLA_PROMISCUITY]);
    entry->state = byte(table[IFLA_OPERSTATE]);
    entry->address_length = copy(entry->address, sizeof(entry->address), table[IFLA_ADDRESS]);
    copy(entry->broadcast, sizeof(entry->broadcast), table[IFLA_BROADCAST]);
    copy(entry->name, sizeof(entry->name), table[IFLA_IFNAME]);
    copy(entry->queue_discipline, sizeof(entry->queue_discipline), table[IFLA_QDISC]);
    copy(entry->alias, sizeof(entry->alias), table[IFLA_IFALIAS]);
    copy(&entry->statistics, sizeof(entry->statistics), table[IFLA_STATS64]);
    if (table[IFLA_LINKINFO]) {
        parse_attributes(info, IFLA_INFO_SLAVE_DATA, RTA_DATA(table[IFLA_LINKINFO]), RTA_PAYLOAD(table[IFLA_LINKINFO]));
        copy(entry->kind, sizeof(entry->kind), info[IFLA_INFO_KIND]);
        copy(entry->master_kind, sizeof(entry->master_kind), info[IFLA_INFO_SLAVE_KIND]);
    }
}

static void parse_address(struct nlmsghdr *message, void *place)
{
    struct ifaddrmsg *header = NLMSG_DATA(message);
    struct address_entry *entry = place;
    struct rtattr *table[IFA_RT_PRIORITY + 1];
    struct ifa_cacheinfo times = { .ifa_prefered = UINT32_MAX, .ifa_valid = UINT32_MAX };

    parse_attributes(table, IFA_RT_PRIORITY, IFA_RTA(header), IFA_PAYLOAD(message));
    copy(&times, sizeof(times), table[IFA_CACHEINFO]);
    entry->index = header->ifa_index;
    entry->family = header->ifa_family;
    entry->prefix_length = header->ifa_prefixlen;
    entry->scope = header->ifa_scope;
    entry->flags = table[IFA_FLAGS] ? number(table[IFA_FLAGS]) : header->ifa_flags;
    entry->metric = number(table[IFA_RT_PRIORITY]);
    entry->preferred = times.ifa_prefered;
    entry->valid = times.ifa_valid;
    copy(entry->local, sizeof(entry->local), table[IFA_LOCAL]);
    copy(entry->address, sizeof(entry->address), table[IFA_ADDRESS]);
    copy(entry->broadcast, sizeof(entry->broadcast), table[IFA_BROADCAST]);
    copy(entry->label, sizeof(entry->label), table[IFA_LABEL]);
}

static void parse_route(struct nlmsghdr *message, void *place)
{
    struct rtmsg *header = NLMSG_DATA(message);
    struct route_entry *entry = place;
    struct rtattr *table[RTA_NH_ID + 1], *metrics[RTAX_MAX + 1];
    struct rta_cacheinfo times = { 0 };

    parse_attributes(table, RTA_NH_ID, RTM_RTA(header), RTM_PAYLOAD(message));
    entry->family = header->rtm_family;
    entry->destination_length = header->rtm_dst_len;
    entry->source_length = header->rtm_src_len;
    entry->tos = header->rtm_tos;
    entry->protocol = header->rtm_protocol;
    entry->scope = header->rtm_scope;
    entry->kind = header->rtm_type;
    entry->flags = header->rtm_flags;
    entry->table = table[RTA_TABLE] ? number(table[RTA_TABLE]) : header->rtm_table;
    entry->metric = number(table[RTA_PRIORITY]);
    entry->index = number(table[RTA_OIF]);
    entry->next_hop_id = number(table[RTA_NH_ID]);
    entry->preference = byte(table[RTA_PREF]);
    copy(entry->destination, sizeof(entry->destination), table[RTA_DST]);
    copy(entry->source, sizeof(entry->source), table[RTA_SRC]);
    copy(entry->gateway, sizeof(entry->gateway), table[RTA_GATEWAY]);
    copy(entry->preferred_source, sizeof(entry->preferred_source), table[RTA_PREFSRC]);
    copy(&times, sizeof(times), table[RTA_CACHEINFO]);
    entry->expires = times.rta_expires;
    if (table[RTA_METRICS]) {
        parse_attributes(metrics, RTAX_MAX, RTA_DATA(table[RTA_METRICS]), RTA_PAYLOAD(table[RTA_METRICS]));
        entry->lock = number(metrics[RTAX_LOCK]);
        entry->mtu = number(metrics[RTAX_MTU]);
        entry->window = number(metrics[RTAX_WINDOW]);
        entry->advmss = number(metrics[RTAX_ADVMSS]);
        entry->hop_limit = number(metrics[RTAX_HOPLIMIT]);
        entry->congestion_window = number(metrics[RTAX_INITCWND]);
        entry->receive_window = number(metrics[RTAX_INITRWND]);
        entry->rto_min = number(metrics[RTAX_RTO_MIN]);
    }
}

static void parse_socket(struct nlmsghdr *message, void *place)
{
    struct inet_diag_msg *header = NLMSG_DATA(message);
    struct socket_entry *entry = place;
    struct rtattr *table[INET_DIAG_MARK + 1];

    parse_attributes(table, INET_DIAG_MARK, (struct rtattr *)(header + 1), NLMSG_PAYLOAD(message, sizeof(*header)));
    entry->header = *header;
    entry->tos = byte(table[INET_DIAG_TOS]);
    entry->traffic_class = byte(table[INET_DIAG_TCLASS]);
    entry->v6only = byte(table[INET_DIAG_SKV6ONLY]);
    entry->shutdown = byte(table[INET_DIAG_SHUTDOWN]);
    entry->mark = number(table[INET_DIAG_MARK]);
    copy(entry->memory, sizeof(entry->memory), table[INET_DIAG_SKMEMINFO]);
    copy(entry->congestion, sizeof(entry->congestion), table[INET_DIAG_CONG]);
    copy(entry->info, sizeof(entry->info), table[INET_DIAG_INFO]);
}

/* Sends a request and parses its answers into entries. Returns their number, or -1. */
static long dump(int fd, struct nlmsghdr *request, parser *parse, void *entries, size_t size, long capacity)
{
    long count = 0;

    request->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request->nlmsg_seq = ++sequence;
    if (send(fd, request, request->nlmsg_len, 0) < 0)
        return -1;
    for (;;) {
        ssize_t received = recv(fd, buffer, sizeof(buffer), 0);
        int length = received;

        if (received < 0 && errno == EINTR)
            continue;
        if (received < 0)
            return -1;
        for (struct nlmsghdr *message = (struct nlmsghdr *)buffer; NLMSG_OK(message, length); message = NLMSG_NEXT(message, length)) {
            if (message->nlmsg_seq != sequence)
                continue;
            if (message->nlmsg_type == NLMSG_DONE)
                return count;
            if (message->nlmsg_type == NLMSG_ERROR || count == capacity)
                return -1;
            void *entry = (char *)entries + count++ * size;
            memset(entry, 0, size);
            parse(message, entry);
        }
    }
}

long c_dump_links(int fd, void *entries, long capacity)
{
    struct { struct nlmsghdr header; struct ifinfomsg body; } request =
        { { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETLINK }, { 0 } };

    return dump(fd, &request.header, parse_link, entries, sizeof(struct link_entry), capacity);
}

long c_dump_addresses(int fd, void *entries, long capacity)
{
    struct { struct nlmsghdr header; struct ifaddrmsg body; } request =
        { { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETADDR }, { 0 } };

    return dump(fd, &request.header, parse_address, entries, sizeof(struct address_entry), capacity);
}

long c_dump_ipv4_routes(int fd, void *entries, long capacity)
{
    struct { struct nlmsghdr header; struct rtmsg body; } request =
        { { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETROUTE }, { .rtm_family = AF_INET } };

    return dump(fd, &request.header, parse_route, entries, sizeof(struct route_entry), capacity);
}

/* Lists the IPv4 TCP sockets in all states, with the extensions that SocketTable asks for. */
long c_dump_tcp_sockets(int fd, void *entries, long capacity)
{
    struct { struct nlmsghdr header; struct inet_diag_req_v2 body; } request =
        { { .nlmsg_len = sizeof(request), .nlmsg_type = SOCK_DIAG_BY_FAMILY },
          { .sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP, .idiag_states = 0x1fff } };

    request.body.idiag_ext = 1 << (INET_DIAG_INFO - 1) | 1 << (INET_DIAG_CONG - 1) | 1 << (INET_DIAG_TOS - 1)
        | 1 << (INET_DIAG_TCLASS - 1) | 1 << (INET_DIAG_SKMEMINFO - 1) | 1 << (INET_DIAG_SHUTDOWN - 1);
    return dump(fd, &request.header, parse_socket, entries, sizeof(struct socket_entry), capacity);
}
