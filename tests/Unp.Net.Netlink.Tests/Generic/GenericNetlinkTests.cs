using System.Globalization;
using Unp.Net.Pipelines;

namespace Unp.Net.Netlink.Tests;

/// <summary>Families of generic netlink, compared with what <c>genl(8)</c> shows.</summary>
public sealed class GenericNetlinkTests : IDisposable
{
    readonly GenericNetlinkSocket generic = new(new NetlinkSocket(NETLINK_GENERIC) { Timeout = Limit.Default });

    public void Dispose() => generic.Dispose();

    [Fact]
    public void Controller_is_found_by_name_and_by_id()
    {
        GenericFamily controller = generic.GetFamily("nlctrl");
        Assert.Equal(GENL_ID_CTRL, controller.Id);
        Assert.Equal(2, controller.Version);
        Assert.Equal(0, controller.HeaderSize);
        GenericOperation get = controller.Operations.Single(operation => operation.Command == CTRL_CMD_GETFAMILY);
        int both = GENL_CMD_CAP_DO | GENL_CMD_CAP_DUMP;
        Assert.Equal(both, get.Flags & both);
        Assert.True(controller.TryGetGroup("notify", out GenericGroup notify));
        Assert.Equal(16, notify.Id);
        Assert.False(controller.TryGetGroup("other", out _));
        Assert.Equal(controller, generic.GetFamily(GENL_ID_CTRL));
        Assert.Equal("nlctrl (id 16, version 2)", $"{controller}");
    }

    [Fact]
    public void Families_equal_those_of_genl()
    {
        Peer.Require("genl");
        using Peer genl = Peer.Start("genl", "ctrl", "list");
        Outcome outcome = genl.Finish();
        Assert.Equal("", outcome.Error);
        List<string> expected = [], flags = [];
        ReadOutput(outcome.Output, expected, flags);
        NetlinkDump<GenericFamily> families = generic.GetFamilies();
        Assert.Equal(expected.Order(StringComparer.Ordinal), families.Select(Describe).Order(StringComparer.Ordinal));

        // genl shows the flags of some families only.
        HashSet<string> all = [.. families.SelectMany(
            family => family.Operations.Select(operation => $"{family.Name} {operation.Command}: {operation.Flags}"))];
        Assert.NotEmpty(flags);
        Assert.All(flags, each => Assert.Contains(each, all));
    }

    [Fact]
    public void Family_of_list_is_found_by_name_and_by_id()
    {
        NetlinkDump<GenericFamily> families = generic.GetFamilies();
        Assert.NotEmpty(families);
        Assert.All(families, family =>
        {
            // Later kernels tell a dump and a single answer different operations, so only what both have is compared.
            Assert.Equal(Head(family), Head(generic.GetFamily(family.Name)));
            Assert.Equal(Head(family), Head(generic.GetFamily(family.Id)));
        });

        static (string, int, int, int) Head(GenericFamily family) => (family.Name, family.Id, family.Version, family.HeaderSize);
    }

    [Fact]
    public void Unknown_family_is_named_by_exception()
    {
        NetlinkException e = Assert.Throws<NetlinkException>(() => generic.GetFamily("nosuchfamily"));
        Assert.Equal(Errno.ENOENT, e.Errno);
        Assert.Equal("nlctrl request error: No such file or directory (family nosuchfamily)", e.Message);
        e = Assert.Throws<NetlinkException>(() => generic.GetFamily(GENL_MAX_ID));
        Assert.Equal(Errno.ENOENT, e.Errno);
        Assert.Equal("family 1023", e.Subject);
    }

    [Fact]
    public void Wrong_name_or_id_is_refused()
    {
        Assert.Throws<ArgumentException>("name", () => generic.GetFamily(""));
        Assert.Throws<ArgumentException>("name", () => generic.GetFamily("a\0b"));
        Assert.Contains("not 16", Assert.Throws<ArgumentException>("name", () => generic.GetFamily(new string('a', 16))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("id", () => generic.GetFamily(15));
        Assert.Throws<ArgumentOutOfRangeException>("id", () => generic.GetFamily(1024));
        using var route = new NetlinkSocket();
        Assert.Throws<ArgumentException>("socket", () => new GenericNetlinkSocket(route));
    }

    [Fact]
    public void Families_are_listed_and_found_on_loop()
    {
        using var loop = new EventLoop();
        loop.RunAsync(async () =>
        {
            using var awaited = new GenericNetlinkSocket(loop);
            List<GenericFamily> families = [];
            await foreach (GenericFamily family in awaited.GetFamiliesAsync())
                families.Add(family);
            Assert.Equal(generic.GetFamilies(), families);
            Assert.Equal(GENL_ID_CTRL, (await awaited.GetFamilyAsync("nlctrl")).Id);
            Assert.Equal("nlctrl", (await awaited.GetFamilyAsync(GENL_ID_CTRL)).Name);
            NetlinkException e = await Assert.ThrowsAsync<NetlinkException>(async () => await awaited.GetFamilyAsync("nosuchfamily"));
            Assert.Equal(Errno.ENOENT, e.Errno);
        }).Within();
    }

    [Fact]
    public void Request_of_family_is_answered()
    {
        using var host = new NetworkNamespace();
        host.Run("ip link add v1 type veth peer name v2");
        using var inside = new GenericNetlinkSocket(
            new NetlinkSocket(host.Socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC)) { Timeout = Limit.Default });
        if (inside.GetFamilies().FirstOrDefault(family => family.Name == "ethtool") is not { } ethtool)
        {
            Assert.Skip("The kernel lacks the family ethtool.");
            return;
        }

        // ETHTOOL_MSG_LINKSTATE_GET of the link v1, and the state in its answer.
        const int LinkStateGet = 4, Header = 1, HeaderDeviceName = 2, LinkState = 2;
        var request = new NetlinkMessageWriter();
        request.Begin(ethtool.Id);
        request.WriteHeader(new genlmsghdr { cmd = LinkStateGet, version = (byte)ethtool.Version });
        request.BeginNested(Header);
        request.WriteText(HeaderDeviceName, "v1");
        request.EndNested();
        List<byte> states = [];
        foreach (NetlinkMessage answer in inside.Socket.Query(request, "v1"))
        {
            if (answer.GetAttributes<genlmsghdr>().TryGet(LinkState, out NetlinkAttribute state))
                states.Add(state.ReadOrDefault<byte>());
        }
        Assert.Equal([0], states);
    }

    /// <summary>Reads a line per family, and the flags of operations, from what <c>genl</c> has printed.</summary>
    static void ReadOutput(string output, List<string> families, List<string> flags)
    {
        bool isGroup = false;
        string name = "";
        int command = 0;
        foreach (string line in output.Split('\n').Select(line => line.Trim()))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line.StartsWith("Name: ", StringComparison.Ordinal))
                families.Add(name = words[1]);
            else if (line.StartsWith("ID: ", StringComparison.Ordinal))
                families[^1] += $" {Number(words[1])} {Number(words[3])} {words[6]} {words[9]}";
            else if (line is "commands supported:" or "multicast groups:")
                isGroup = line == "multicast groups:";
            else if (line.StartsWith('#'))
                families[^1] += isGroup ? $" {words[3]}={Number(words[1][3..])}" : $" {command = Number(words[1][3..])}";
            else if (line.StartsWith("Capabilities", StringComparison.Ordinal))
                flags.Add($"{name} {command}: {Number(words[1].Trim('(', ')', ':'))}");
        }
    }

    static string Describe(GenericFamily family) =>
        $"{family.Name} {family.Id} {family.Version} {family.HeaderSize} {family.MaxAttribute}"
        + string.Concat(family.Operations.Select(operation => $" {operation.Command}"))
        + string.Concat(family.Groups.Select(group => $" {group.Name}={group.Id}"));

    static int Number(string text) => int.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
