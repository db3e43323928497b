using System.Runtime.Versioning;

// The BSDs are tier 2. Code that was only compiled for them is tested by Unp.Net.AbiTests.
[assembly: SupportedOSPlatform("linux")]
