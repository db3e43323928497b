using System.Globalization;
using System.Net;
using FsCheck;
using FsCheck.Fluent;

namespace Unp.Net.Tests.Addresses;

public class TextPropertyTests
{
    static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true);

    // Zero is generated often, because it changes the form: no port, no scope, "::".
    static readonly Gen<int> Port = Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 65535));
    static readonly Gen<uint> Scope = Gen.OneOf(Gen.Constant(0u), Gen.Choose(int.MinValue, int.MaxValue).Select(n => (uint)n));
    static readonly Gen<byte[]> Address4 = Gen.ArrayOf(Gen.Choose(0, 255).Select(n => (byte)n), 4);
    static readonly Gen<int[]> Groups = Gen.ArrayOf(Gen.OneOf(Gen.Constant(0), Gen.Choose(0, 0xffff), Gen.Elements(1, 0xffff, 0xfe80)), 8);
    static readonly Gen<byte[]> Address6 =
        Groups.Select(groups => groups.SelectMany(group => (byte[])[(byte)(group >> 8), (byte)group]).ToArray());

    static readonly Gen<SockAddr> V4 =
        from address in Address4
        from port in Port
        select new SockAddr(new IPAddress(address), port);

    static readonly Gen<SockAddr> V6 =
        from address in Address6
        from port in Port
        from scope in Scope
        select new SockAddr(new IPAddress(address, scope), port);

    static readonly Gen<string> NameOf107Bytes =
        from characters in Gen.ArrayOf(Gen.Elements("a", "Z", "0", ".", ":", "[", "]", "%", "@", " ", "é", "語", "😀", "/"), 26)
        from length in Gen.Choose(1, 26)
        select string.Concat(characters[..length]);

    static readonly Gen<SockAddr> Unix = NameOf107Bytes.Select(name => SockAddr.Unix("/" + name));
    static readonly Gen<SockAddr> Abstract =
        Gen.OneOf(NameOf107Bytes, NameOf107Bytes.Select(name => name + "\0" + name[..1])).Select(SockAddr.UnixAbstract);
    static readonly Gen<SockAddr> Any = Gen.OneOf(V4, V6, Unix, Abstract);

    // Any bytes of a kernel or a program, most of them with a family that has its own form.
    static readonly Gen<byte> Byte = Gen.OneOf(Gen.Choose(0, 255).Select(n => (byte)n), Gen.Elements("\0/@:\\xun[] 0"u8.ToArray()));

    static readonly Gen<SockAddr> Bytes =
        from family in Gen.Elements(0, 1, 1, 1, 2, 10, 16, 17, 40, 511)
        from size in Gen.OneOf(Gen.Choose(0, 126), Gen.Elements(0, 14, 26, 107, 108, 109))
        from content in Gen.ArrayOf(Byte, size)
        select new SockAddr([(byte)family, (byte)(family >> 8), .. content]);

    static readonly Gen<uint> Number = Gen.OneOf(
        Gen.Elements<uint>(0, 1, 2, VMADDR_CID_ANY), Gen.Choose(int.MinValue, int.MaxValue).Select(n => (uint)n));

    static readonly Gen<SockAddr> Vsock =
        from cid in Number
        from port in Number
        select SockAddr.Vsock(cid, port);

    static readonly Gen<SockAddr> RelativePath = NameOf107Bytes.Select(SockAddr.Unix);
    static readonly Gen<SockAddr> Raw =
        Gen.OneOf(Bytes, RelativePath, Any, Vsock, Gen.Elements(default, SockAddr.UnixUnnamed(), new SockAddr([7])));

    static readonly Gen<string> Pieces = Gen.ArrayOf(Gen.Elements(
        "[", "]", ":", "::", "%", "@", "/", ".", "-", "+", " ", "0", "1", "255", "256", "80", "65535", "65536", "fe80", "ffff", "g",
        "lo", "1.2.3.4", "::1",
        "\0", "\ud800", "\udc00", "é", "٣", "\n", "(no pathname bound)", "unix:", @"\x", @"\\", "AF_", "NETLINK", " (2 bytes", "): 0x",
        "1000", " flowinfo 0x", "(no address)", "vsock:", "4294967295", "x23456789012345678901234567890")).Select(string.Concat);

    static void ForAll<T>(Gen<T> generator, Func<T, bool> holds) => FsCheck.Check.One(Config, Prop.ForAll(Arb.From(generator), holds));

    [Fact]
    public void Any_address_is_parsed_from_its_text() =>
        ForAll(
        Raw,
        address => SockAddr.Parse(address.ToString()) == address
            && SockAddr.TryParse(address.ToString(), out SockAddr again) && again == address);

    [Fact]
    public void Any_address_equals_copy_of_its_bytes() =>
        ForAll(Raw, address => new SockAddr(address.Bytes) == address && new SockAddr(address.Bytes).ToString() == address.ToString());

    [Fact]
    public void Any_internet_address_is_parsed_from_host_and_port() =>
        ForAll(Gen.OneOf(V4, V6), address => SockAddr.Inet(Sock_ntop_host(address), address.Port) == address);

    [Fact]
    public void Any_address_survives_conversion_to_end_point() =>
        ForAll(Any, address => SockAddr.FromEndPoint(address.ToEndPoint()) == address);

    [Fact]
    public void Addresses_with_equal_texts_are_equal_and_have_equal_hashes() =>
        ForAll(
            Raw.SelectMany(first => Gen.OneOf(Raw, Gen.Constant(SockAddr.Parse(first.ToString()))), (first, second) => (first, second)),
            pair => (pair.first.ToString() == pair.second.ToString()) == (pair.first == pair.second)
                && pair.first.Equals(pair.second) == (pair.first == pair.second)
                && pair.first.Equals((object)pair.second) == !(pair.first != pair.second)
                && (pair.first != pair.second || pair.first.GetHashCode() == pair.second.GetHashCode()));

    [Fact]
    public void Any_vsock_address_is_made_of_its_numbers() =>
        ForAll(Number.Zip(Number), pair =>
        {
            (uint cid, uint port) = pair;
            SockAddr address = SockAddr.Vsock(cid, port);
            return (address.Cid, address.VsockPort) == pair && SockAddr.Parse($"vsock:{cid}:{port}") == address;
        });

    [Fact]
    public void Any_string_is_parsed_or_refused_without_exception() =>
        ForAll(Gen.OneOf(Pieces, ArbMap.Default.GeneratorFor<string>()), text =>
        {
            if (SockAddr.TryParse(text, out SockAddr address))
                return SockAddr.Parse(text) == address && SockAddr.Parse(address.ToString()) == address;
            Exception? refused = Record.Exception(() => SockAddr.Parse(text));
            return address == default && refused is FormatException or ArgumentException;
        });

    [Fact]
    public void Ipv4_with_port_is_parsed_as_by_dotnet() =>
        ForAll(
            Address4.Zip(Port),
            pair => AgreesWithDotNet(string.Create(CultureInfo.InvariantCulture, $"{string.Join('.', pair.Item1)}:{pair.Item2}")));

    [Fact]
    public void Ipv6_with_port_is_parsed_as_by_dotnet() =>
        ForAll(
            from groups in Groups
            from format in Gen.Elements("x", "X", "x4", "X4")
            from cut in Gen.Choose(0, 8)
            from port in Port
            select (groups, format, cut, port),
            form =>
            {
                // A group that follows the cut may lose its leading zeros.
                string[] words = [.. form.groups.Select(group => group.ToString(form.format, CultureInfo.InvariantCulture))];
                int zeros = form.groups.Skip(form.cut).TakeWhile(group => group == 0).Count();
                string whole = zeros == 0
                    ? string.Join(':', words)
                    : string.Join(':', words[..form.cut]) + "::" + string.Join(':', words[(form.cut + zeros)..]);
                return AgreesWithDotNet(string.Create(CultureInfo.InvariantCulture, $"[{whole}]:{form.port}"));
            });

    [Fact]
    public unsafe void Ipv6_address_text_equals_c_library_text() =>
        ForAll(Address6, bytes =>
        {
            byte* text = stackalloc byte[INET6_ADDRSTRLEN];
            fixed (byte* b = bytes)
                Assert.True(inet_ntop(AF_INET6, b, text, INET6_ADDRSTRLEN) == text);
            string expected = System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)text)!;
            return new SockAddr(new IPAddress(bytes), 0).ToString() == expected && Inet_ntop(AF_INET6, bytes) == expected;
        });

    static bool AgreesWithDotNet(string text)
    {
        Assert.True(IPEndPoint.TryParse(text, out IPEndPoint? theirs), text);
        SockAddr ours = SockAddr.Parse(text);
        return ours.ToEndPoint().Equals(theirs) && ours == theirs;
    }
}
