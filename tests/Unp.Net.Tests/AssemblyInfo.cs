using System.Runtime.Versioning;

// The BSDs are tier 2: their code is compiled, and Unp.Net.AbiTests tests it.
[assembly: SupportedOSPlatform("linux")]
