using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests;

/// <summary>Every public function that takes a text refuses null and a NUL by parameter name, before it calls the kernel.</summary>
public class WrongNameUseTests
{
    // These would write a log, print, or make a daemon of the test. They accept any text.
    static readonly string[] Others =
        ["Openlog", "Syslog", "Daemon_init", "Daemon_inetd", "err_ret", "err_msg", "err_sys", "err_quit", "err_dump"];

    // The state for sd_notify is not a name, and an invalid address has the book's message of inet_pton.
    static readonly string[] AnyText = ["Sd_notify", "Inet_pton"];

    public static TheoryData<string, int> Texts { get; } = Parameters(static (function, _) => !AnyText.Contains(function.Name));

    public static TheoryData<string, int> NotNull { get; } = Parameters(static (_, parameter) =>
        new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.NotNull);

    [Theory]
    [MemberData(nameof(NotNull))]
    public void Null_text_is_refused_by_name(string function, int position) =>
        Assert.Throws<ArgumentNullException>(NameOf(function, position), () => Call(function, position, null));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_with_nul_is_refused_by_name(string function, int position)
    {
        string message = Assert.Throws<ArgumentException>(NameOf(function, position), () => Call(function, position, "1\0a")).Message;
        Assert.Contains(@"1\0a", message);
    }

    [Fact]
    public void Functions_are_found() => Assert.True(Texts.Count > 25 && NotNull.Count > 20, $"{Texts.Count}, {NotNull.Count}");

    static TheoryData<string, int> Parameters(Func<MethodInfo, ParameterInfo, bool> isTried) =>
    [
        .. from function in typeof(Libunp).GetMethods(BindingFlags.Public | BindingFlags.Static)
           where !Others.Contains(function.Name)
           from parameter in function.GetParameters()
           where parameter.ParameterType == typeof(string) && isTried(function, parameter)
           select (function.ToString()!, parameter.Position),
    ];

    static MethodInfo Find(string function) =>
        typeof(Libunp).GetMethods(BindingFlags.Public | BindingFlags.Static).Single(candidate => candidate.ToString() == function);

    static string NameOf(string function, int position) => Find(function).GetParameters()[position].Name!;

    /// <summary>Calls the function with <paramref name="tried"/> at one position, and harmless values at the others.</summary>
    static void Call(string function, int position, string? tried)
    {
        MethodInfo method = Find(function);
        var caller = new DynamicMethod("caller", null, [typeof(Fd), typeof(string), typeof(string), typeof(string[])]);
        ILGenerator il = caller.GetILGenerator();
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Type type = parameter.ParameterType;
            if (parameter.Position == position)
                il.Emit(OpCodes.Ldarg_1);
            else if (type == typeof(string))
                il.Emit(OpCodes.Ldarg_2);
            else if (typeof(SafeHandle).IsAssignableFrom(type))
                il.Emit(OpCodes.Ldarg_0);
            else if (type == typeof(IReadOnlyList<string>))
                il.Emit(OpCodes.Ldarg_3);
            else
                il.Emit(type.IsByRef ? OpCodes.Ldloca : OpCodes.Ldloc, il.DeclareLocal(type.IsByRef ? type.GetElementType()! : type));
        }
        il.Emit(OpCodes.Call, method);
        if (method.ReturnType != typeof(void))
            il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        caller.CreateDelegate<Action<Fd, string?, string, string[]>>()(fd, tried, "0", ["0"]);
    }
}
