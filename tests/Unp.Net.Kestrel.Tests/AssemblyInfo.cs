using System.Runtime.Versioning;

// The BSDs are tier 2: what is only known to compile for them is tested by Unp.Net.AbiTests.
[assembly: SupportedOSPlatform("linux")]
