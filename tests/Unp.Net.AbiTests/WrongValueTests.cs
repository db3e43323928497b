using System.Runtime.InteropServices;
using Unp.Net.Abi;
using Xunit;

namespace Unp.Net.AbiTests;

/// <summary>
/// Tests that each witness rejects wrong values and names them, because a witness that accepts everything proves nothing.
/// </summary>
public class WrongValueTests
{
    static readonly AbiTable Linux = AbiTable.Of(new(UnixSystem.Linux, Architecture.X64));
    static readonly AbiTable FreeBsd = AbiTable.Of(new(UnixSystem.FreeBSD, Architecture.X64));

    /// <summary>Returns a table with only the given constants and structs.</summary>
    static AbiTable Only(AbiTable table, NamedValue[] constants, params Layout[] layouts) =>
        table with { Constants = constants, Errnos = [], Layouts = layouts };

    /// <summary>Returns sockaddr_in with its port one byte too far.</summary>
    static Layout WithWrongOffset(AbiTable table)
    {
        var layout = table.Layouts.Single(l => l.Name == nameof(sockaddr_in));
        return layout with { Fields = [.. layout.Fields.Select(f => f.Name == "sin_port" ? f with { Offset = 3 } : f)] };
    }

    static void ExpectOnly(string subject, IReadOnlyList<Objection> objections)
    {
        Assert.NotEmpty(objections);
        Assert.All(objections, o => Assert.Equal(subject, o.Subject));
    }

    [Fact]
    public void C_rejects_wrong_constant()
    {
        Assert.SkipUnless(Tool.IsInstalled("gcc"), "gcc is missing");
        ExpectOnly("AF_INET6", new CProbe("gcc").Check(Only(Linux, [new("AF_INET", 2), new("AF_INET6", 11)]), []));
    }

    [Fact]
    public void C_rejects_existing_constant_listed_as_absent()
    {
        Assert.SkipUnless(Tool.IsInstalled("gcc"), "gcc is missing");
        ExpectOnly("AF_INET6", new CProbe("gcc").Check(Only(Linux, [new("AF_INET6", null), new("AF_LINK", null)]), []));
    }

    [Fact]
    public void C_rejects_wrong_offset()
    {
        Assert.SkipUnless(Tool.IsInstalled("gcc"), "gcc is missing");
        ExpectOnly("sockaddr_in.sin_port", new CProbe("gcc").Check(Only(Linux, [], WithWrongOffset(Linux)), []));
    }

    [Fact]
    public void C_rejects_wrong_sign()
    {
        Assert.SkipUnless(Tool.IsInstalled("gcc"), "gcc is missing");
        var layout = new Layout("linger", 8, [new("l_onoff", 0, 4, true), new("l_linger", 4, 4, false)]);
        ExpectOnly("linger.l_linger", new CProbe("gcc").Check(Only(Linux, [], layout), []));
    }

    [Fact]
    public void Go_rejects_constant_wrong_in_either_direction()
    {
        Assert.SkipUnless(GoProbe.WhatIsMissing == null, $"missing: {GoProbe.WhatIsMissing}");
        var go = new GoProbe("freebsd", "amd64");
        ExpectOnly("AF_INET6", go.Check(Only(FreeBsd, [new("AF_INET", 2), new("AF_INET6", 27)])));
        ExpectOnly("EAGAIN", go.Check(Only(FreeBsd, [new("EINTR", 4), new("EAGAIN", 36)])));
    }

    [Fact]
    public void Go_rejects_existing_constant_listed_as_absent()
    {
        Assert.SkipUnless(GoProbe.WhatIsMissing == null, $"missing: {GoProbe.WhatIsMissing}");
        ExpectOnly("AF_INET6", new GoProbe("freebsd", "amd64").Check(Only(FreeBsd, [new("AF_INET", 2), new("AF_INET6", null)])));
    }

    [Fact]
    public void Go_rejects_wrong_offset()
    {
        Assert.SkipUnless(GoProbe.WhatIsMissing == null, $"missing: {GoProbe.WhatIsMissing}");
        ExpectOnly("sockaddr_in.sin_port", new GoProbe("freebsd", "amd64").Check(Only(FreeBsd, [], WithWrongOffset(FreeBsd))));
    }

    [Fact]
    public void Rust_rejects_wrong_constant_and_wrong_offset()
    {
        Assert.SkipUnless(RustLibc.WhatIsMissing == null, $"missing: {RustLibc.WhatIsMissing}");
        var rust = Targets.OnBsd.Single(t => t.Name == "FreeBSD x64").Witnesses.OfType<RustLibc>().Single();
        ExpectOnly("AI_ALL", rust.Check(Only(FreeBsd, [new("AI_PASSIVE", 1), new("AI_ALL", 0x101)])));
        ExpectOnly("AI_ALL", rust.Check(Only(FreeBsd, [new("AI_PASSIVE", 1), new("AI_ALL", null)])));
        ExpectOnly("sockaddr_in.sin_port", rust.Check(Only(FreeBsd, [], WithWrongOffset(FreeBsd))));
    }

    [Fact]
    public void Usrsctp_rejects_wrong_constant()
    {
        Assert.SkipUnless(UsrSctp.WhatIsMissing == null, $"missing: {UsrSctp.WhatIsMissing}");
        ExpectOnly("SCTP_NODELAY", new UsrSctp().Check(Only(FreeBsd, [new("SCTP_INITMSG", 3), new("SCTP_NODELAY", 5)])));
        ExpectOnly("SCTP_NODELAY", new UsrSctp().Check(Only(FreeBsd, [new("SCTP_INITMSG", 3), new("SCTP_NODELAY", null)])));
    }

    [Fact]
    public void C_accepts_fields_added_by_kernel_but_not_excess_size()
    {
        Assert.SkipUnless(Tool.IsInstalled("gcc"), "gcc is missing");
        var tcpInfo = Linux.Layouts.Single(l => l.Name == "tcp_info");
        var upToPmtu = tcpInfo.Fields.TakeWhile(f => f.Name != "tcpi_rcv_ssthresh").ToArray();
        Assert.Empty(new CProbe("gcc").Check(Only(Linux, [], tcpInfo with { Fields = upToPmtu, Size = upToPmtu[^1].Offset + 4 }), []));
        ExpectOnly("tcp_info", new CProbe("gcc").Check(Only(Linux, [], tcpInfo with { Size = tcpInfo.Size + 8 }), []));
    }
}
