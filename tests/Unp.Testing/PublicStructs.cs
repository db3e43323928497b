using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Unp.Testing;

/// <summary>The public structs of a package, none of which may print only its type's name.</summary>
public static class PublicStructs
{
    /// <summary>Asserts that each struct overrides ToString, and that its text is not the name of a type.</summary>
    /// <returns>The number of structs.</returns>
    public static int AssertTexts(Assembly package)
    {
        Type[] structs =
        [
            .. package.GetTypes().Where(type => type is { IsValueType: true, IsEnum: false, IsVisible: true }
                && !type.IsDefined(typeof(CompilerGeneratedAttribute))),
        ];
        Assert.All(structs, type =>
        {
            MethodInfo text = type.GetMethod(nameof(ToString), [])!;
            Assert.Equal(type, text.DeclaringType);
            if (type.IsByRefLike || type.ContainsGenericParameters)
                return; // cannot be boxed
            string? shown = RuntimeHelpers.GetUninitializedObject(type).ToString();
            Assert.NotNull(shown);
            Assert.DoesNotContain("Unp.Net.", shown);
            Assert.NotEqual(type.Name, shown);
        });
        return structs.Length;
    }
}
