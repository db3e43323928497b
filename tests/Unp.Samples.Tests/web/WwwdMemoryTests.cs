namespace Unp.Samples.Tests.web;

/// <summary>Tests of wwwd with little memory. Request bodies are the data with which clients could fill it.</summary>
public class WwwdMemoryTests
{
    const string Announced = "POST /cgi-bin/cat HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\n";

    static readonly Dictionary<string, string> LittleMemory = new() { ["DOTNET_GCHeapHardLimit"] = "0x8000000" };

    [Fact]
    public void Announced_body_costs_no_memory_until_sent()
    {
        DescriptorLimit.Require(700);
        using WebSite site = WithCat();
        var clients = new List<Wire>();
        try
        {
            for (int i = 0; i < 400; i++)
                clients.Add(Wire.Connect(site.Address).Send(Announced));
            AssertServes(site);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
        AssertServes(site);
    }

    [Fact]
    public void Bodies_of_all_clients_share_one_limit()
    {
        using WebSite site = WithCat();
        var clients = new List<Wire>();
        string most = new('x', 1048575);
        try
        {
            // The limit is 32 MiB.
            for (int i = 0; i < 28; i++)
                clients.Add(Wire.Connect(site.Address).Send(Announced).Send(most));
            for (int i = 0; i < 12; i++)
                clients.Add(Wire.Connect(site.Address).Send(Announced));
            int refused = 0;
            foreach (Wire client in clients[28..])
            {
                client.TrySend(most);
                refused += client.ReceiveWithin(TimeSpan.FromSeconds(0.2)).StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal) ? 1 : 0;
            }
            Assert.InRange(refused, 5, 12);
            Assert.Equal(200, site.Ask("GET /0123").Code);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
        Limit.Until(() => site.Ask("POST /cgi-bin/cat", "Content-Length: 2\r\n", "ok").Code == 200, "there is room again");
        Assert.True(site.Server.IsAsleep);
    }

    static WebSite WithCat()
    {
        WebSite site = WebSite.With(LittleMemory);
        site.AddProgram("cat", "echo Content-Type: text/plain; echo; cat");
        return site;
    }

    static void AssertServes(WebSite site)
    {
        Assert.Equal(200, site.Ask("GET /0123").Code);
        Answer answer = site.Ask("POST /cgi-bin/cat", "Content-Length: 4\r\n", "body");
        Assert.Equal(200, answer.Code);
        Assert.Contains("body", answer.Body, StringComparison.Ordinal);
    }
}
