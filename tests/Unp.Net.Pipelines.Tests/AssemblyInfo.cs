using System.Runtime.Versioning;

// These tests run on Linux only. The BSDs are tier 2: Unp.Net.AbiTests covers the code that is only known to compile for them.
[assembly: SupportedOSPlatform("linux")]
