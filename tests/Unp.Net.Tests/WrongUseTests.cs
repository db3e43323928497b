using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;

namespace Unp.Net.Tests;

/// <summary>Every public function that takes a descriptor refuses null and a closed one by name, before it calls the kernel.</summary>
public class WrongUseTests
{
    public static TheoryData<string, int> Descriptors { get; } =
        [.. Functions().SelectMany(Positions, (function, position) => (function.ToString()!, position))];

    [Theory]
    [MemberData(nameof(Descriptors))]
    public void Null_descriptor_is_refused_by_parameter_name(string function, int position)
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        string name = Find(function).GetParameters()[position].Name!;
        Assert.Throws<ArgumentNullException>(name, () => Call(function, fd, position, null));
    }

    [Theory]
    [MemberData(nameof(Descriptors))]
    public void Closed_descriptor_is_refused_by_its_number(string function, int position)
    {
        using Fd fd = Socket(AF_INET, SOCK_STREAM);
        Fd closed = Kernel.Apart(Socket(AF_INET, SOCK_STREAM));
        closed.Dispose();

        // The number now belongs to another descriptor, which must not be touched.
        using Fd next = Kernel.Take(Kernel.Number(closed), fd);
        Assert.Equal(Kernel.Number(closed), Kernel.Number(next));
        Assert.Contains($"'{closed}'", Assert.Throws<ObjectDisposedException>(() => Call(function, fd, position, closed)).Message);
    }

    [Fact]
    public void Functions_are_found() => Assert.True(Descriptors.Count > 40);

    static IEnumerable<MethodInfo> Functions() =>
        typeof(Libunp).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Append(typeof(LineReader).GetMethod(nameof(LineReader.For))!)
            .Where(function => Positions(function).Any())
            .Select(function => function.IsGenericMethodDefinition
                ? function.MakeGenericMethod(Argument(function.GetGenericArguments()[0])) : function);

    /// <summary>Returns a type that the parameter of a generic function accepts.</summary>
    static Type Argument(Type parameter) =>
        parameter.GetGenericParameterConstraints().Contains(typeof(ISctpQuestion)) ? typeof(SctpStatus) : typeof(int);

    static IEnumerable<int> Positions(MethodInfo function) =>
        function.GetParameters()
            .Where(parameter => IsDescriptor(parameter) && !parameter.HasDefaultValue)
            .Select(parameter => parameter.Position);

    static bool IsDescriptor(ParameterInfo parameter) => typeof(SafeHandle).IsAssignableFrom(parameter.ParameterType);

    static MethodInfo Find(string function) => Functions().Single(candidate => candidate.ToString() == function);

    /// <summary>
    /// Calls the function with <paramref name="tried"/> at one position, <paramref name="good"/> for each other descriptor, and zeros
    /// otherwise. It emits instructions, because reflection cannot pass a span.
    /// </summary>
    static void Call(string function, Fd good, int position, Fd? tried)
    {
        MethodInfo method = Find(function);
        var caller = new DynamicMethod("caller", null, [typeof(Fd), typeof(Fd)]);
        ILGenerator il = caller.GetILGenerator();
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            Type type = parameter.ParameterType;
            if (IsDescriptor(parameter))
                il.Emit(parameter.Position == position ? OpCodes.Ldarg_1 : OpCodes.Ldarg_0);
            else
                il.Emit(type.IsByRef ? OpCodes.Ldloca : OpCodes.Ldloc, il.DeclareLocal(type.IsByRef ? type.GetElementType()! : type));
        }
        il.Emit(OpCodes.Call, method);
        if (method.ReturnType != typeof(void))
            il.Emit(OpCodes.Pop);
        il.Emit(OpCodes.Ret);
        caller.CreateDelegate<Action<Fd, Fd?>>()(good, tried);
    }
}
