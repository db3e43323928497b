using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

// Every P/Invoke of this assembly is blittable or marshalled by generated code.
[assembly: DisableRuntimeMarshalling]
[assembly: UnsupportedOSPlatform("windows")]
