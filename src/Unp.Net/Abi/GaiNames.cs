using static Unp.Net.Libc;

namespace Unp.Net.Abi;

/// <summary>The names of the errors of <c>getaddrinfo</c> and <c>getnameinfo</c>.</summary>
static class GaiNames
{
    /// <summary>Returns a name such as <c>"EAI_NONAME"</c>; null if this system has no name for the number.</summary>
    internal static string? NameOf(int error)
    {
        ReadOnlySpan<(int Error, string Name)> everywhere =
        [
            (EAI_AGAIN, nameof(EAI_AGAIN)),
            (EAI_BADFLAGS, nameof(EAI_BADFLAGS)),
            (EAI_FAIL, nameof(EAI_FAIL)),
            (EAI_FAMILY, nameof(EAI_FAMILY)),
            (EAI_MEMORY, nameof(EAI_MEMORY)),
            (EAI_NONAME, nameof(EAI_NONAME)),
            (EAI_OVERFLOW, nameof(EAI_OVERFLOW)),
            (EAI_SERVICE, nameof(EAI_SERVICE)),
            (EAI_SOCKTYPE, nameof(EAI_SOCKTYPE)),
            (EAI_SYSTEM, nameof(EAI_SYSTEM)),
            (EAI_ADDRFAMILY, nameof(EAI_ADDRFAMILY)),
            (EAI_NODATA, nameof(EAI_NODATA)),
        ];
        return Find(everywhere, error) ?? (Target.IsLinux ? OfLinux(error) : OfBsd(error));
    }

    static string? OfLinux(int error) => Find(
        [
            (EAI_INPROGRESS, nameof(EAI_INPROGRESS)),
            (EAI_CANCELED, nameof(EAI_CANCELED)),
            (EAI_NOTCANCELED, nameof(EAI_NOTCANCELED)),
            (EAI_ALLDONE, nameof(EAI_ALLDONE)),
            (EAI_INTR, nameof(EAI_INTR)),
            (EAI_IDN_ENCODE, nameof(EAI_IDN_ENCODE)),
        ],
        error);

    static string? OfBsd(int error) => Find(
        [
            (EAI_BADHINTS, nameof(EAI_BADHINTS)),
            (EAI_PROTOCOL, nameof(EAI_PROTOCOL)),
        ],
        error);

    static string? Find(ReadOnlySpan<(int Error, string Name)> names, int error)
    {
        foreach (var (value, name) in names)
        {
            if (value == error)
                return name;
        }
        return null;
    }
}
