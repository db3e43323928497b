namespace Unp.Samples.Tests;

/// <summary>A web server of a test's own, which answers when the test likes.</summary>
static class WebQuestion
{
    /// <summary>Answers what a client asks for, and ends the connection.</summary>
    public static void Answer(Wire client, string name, string text)
    {
        Question(client, name);
        if (text.Length > 0)
            client.Send(text);
        client.Dispose();
    }

    /// <summary>A client asks for this file.</summary>
    public static void Question(Wire client, string name)
    {
        string question = $"GET {name} HTTP/1.0\r\n\r\n";
        Assert.Equal(question, client.Receive(question.Length));
    }
}
