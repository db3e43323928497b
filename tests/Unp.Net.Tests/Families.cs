namespace Unp.Net.Tests;

/// <summary>Arguments of theories: <c>[MemberData(nameof(Families.Internet), MemberType = typeof(Families))]</c>.</summary>
public static class Families
{
    public static TheoryData<int> Internet => [AF_INET, AF_INET6];
}
