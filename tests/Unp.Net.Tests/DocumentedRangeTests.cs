using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Xml.Linq;

namespace Unp.Net.Tests;

/// <summary>Each function refuses, by parameter name, the negative numbers and times that its documentation excludes.</summary>
public class DocumentedRangeTests
{
    static readonly Dictionary<Type, MethodInfo> Wrong = new()
    {
        [typeof(int)] = Value(WrongInt),
        [typeof(long)] = Value(WrongLong),
        [typeof(TimeSpan)] = Value(WrongTime),
        [typeof(TimeSpan?)] = Value(WrongTimeout),
    };

    public static TheoryData<string, string> Ranges => [.. Functions().SelectMany(Documented, (function, name) => (IdOf(function), name))];

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Number_out_of_documented_range_is_refused(string id, string name)
    {
        MethodInfo function = Functions().Single(candidate => IdOf(candidate) == id);
        Assert.Throws<ArgumentOutOfRangeException>(name, () => Call(function, name));
    }

    [Fact]
    public void Documented_ranges_are_found() => Assert.True(Ranges.Count > 20, $"{Ranges.Count}");

    /// <summary>Returns the functions that exist on this system.</summary>
    static IEnumerable<MethodInfo> Functions() =>
        typeof(Libunp).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(function => !function.IsGenericMethodDefinition)
            .Where(function => function.GetCustomAttributes<SupportedOSPlatformAttribute>().ToArray() is var systems
                && (systems.Length == 0 || systems.Any(system => system.PlatformName == "linux")));

    /// <summary>
    /// Returns the parameters that the documentation excludes when negative. If it names none, they are all parameters of such a type
    /// except int.
    /// </summary>
    static IEnumerable<string> Documented(MethodInfo function)
    {
        XElement? text = Documentation.Value.GetValueOrDefault(IdOf(function))?.Elements("exception")
            .SingleOrDefault(exception => exception.Attribute("cref")!.Value == "T:System.ArgumentOutOfRangeException");
        if (text is null || !((string[])["negative", "not 1 or more", "not 512 to 1023"]).Any(text.Value.Contains))
            return [];
        string[] named = [.. text.Elements("paramref").Select(parameter => parameter.Attribute("name")!.Value)];
        return function.GetParameters()
            .Where(parameter => named.Length > 0 ? named.Contains(parameter.Name) : Plain(parameter) != typeof(int))
            .Where(parameter => Wrong.ContainsKey(Plain(parameter)))
            .Select(parameter => parameter.Name!);
    }

    static readonly Lazy<Dictionary<string, XElement>> Documentation = new(() =>
        XDocument.Load(Path.ChangeExtension(typeof(Libunp).Assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value));

    /// <summary>Returns the name of a function in the documentation file.</summary>
    static string IdOf(MethodInfo function) =>
        $"M:{function.DeclaringType!.FullName}.{function.Name}("
        + $"{string.Join(',', function.GetParameters().Select(parameter => IdOf(parameter.ParameterType)))})";

    static string IdOf(Type type) =>
        type.IsByRef ? IdOf(type.GetElementType()!) + "@"
        : type.IsGenericType
            ? $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}"
        : type.FullName ?? type.Name;

    static Type Plain(ParameterInfo parameter) =>
        parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;

    static MethodInfo Value<T>(Func<T> value) => value.Method;

    static int WrongInt() => -1;

    static long WrongLong() => -1;

    static TimeSpan WrongTime() => TimeSpan.FromTicks(-2);

    static TimeSpan? WrongTimeout() => WrongTime();

    static DateTimeOffset RightDate() => DateTimeOffset.UnixEpoch;

    /// <summary>Calls the function with an invalid number for one parameter, and valid values for the others.</summary>
    static void Call(MethodInfo function, string tried)
    {
        var caller = new DynamicMethod(
            "caller", null, [typeof(Fd), typeof(MessageBatch)], typeof(DocumentedRangeTests).Module, skipVisibility: true);
        ILGenerator il = caller.GetILGenerator();
        foreach (ParameterInfo parameter in function.GetParameters())
        {
            Type type = Plain(parameter);
            if (typeof(SafeHandle).IsAssignableFrom(type))
            {
                il.Emit(OpCodes.Ldarg_0);
                continue;
            }
            if (type == typeof(MessageBatch))
            {
                il.Emit(OpCodes.Ldarg_1);
                continue;
            }
            LocalBuilder local = il.DeclareLocal(type);
            if (parameter.Name == tried)
            {
                il.Emit(OpCodes.Call, Wrong[type]);
                il.Emit(OpCodes.Stloc, local);
            }
            else if (type.IsGenericType && type.Name is "Span`1" or "ReadOnlySpan`1")
            {
                // An empty buffer would be refused first.
                il.Emit(OpCodes.Ldc_I4_4);
                il.Emit(OpCodes.Newarr, type.GetGenericArguments()[0]);
                il.Emit(OpCodes.Newobj, type.GetConstructor([type.GetGenericArguments()[0].MakeArrayType()])!);
                il.Emit(OpCodes.Stloc, local);
            }
            else if (type == typeof(DateTimeOffset))
            {
                il.Emit(OpCodes.Call, Value(RightDate));
                il.Emit(OpCodes.Stloc, local);
            }
            else if (type == typeof(long))
            {
                il.Emit(OpCodes.Ldc_I4_1);
                il.Emit(OpCodes.Conv_I8);
                il.Emit(OpCodes.Stloc, local);
            }
            il.Emit(parameter.ParameterType.IsByRef ? OpCodes.Ldloca : OpCodes.Ldloc, local);
        }
        il.Emit(OpCodes.Call, function);
        if (function.ReturnType != typeof(void))
            il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        caller.CreateDelegate<Action<Fd, MessageBatch>>()(fd, new MessageBatch(1, 1));
    }
}
