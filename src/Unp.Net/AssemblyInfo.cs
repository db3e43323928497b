using System.Runtime.CompilerServices;

// Every P/Invoke of this assembly is blittable, or marshalled by generated code.
[assembly: DisableRuntimeMarshalling]
