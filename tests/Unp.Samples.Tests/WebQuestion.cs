namespace Unp.Samples.Tests;

/// <summary>The requests and answers of a web server that a test runs itself, so that the test chooses when to answer.</summary>
static class WebQuestion
{
    /// <summary>Answers the client's request and closes the connection.</summary>
    public static void Answer(Wire client, string name, string text)
    {
        Question(client, name);
        if (text.Length > 0)
            client.Send(text);
        client.Dispose();
    }

    /// <summary>Asserts that the client requests this file.</summary>
    public static void Question(Wire client, string name)
    {
        string question = $"GET {name} HTTP/1.0\r\n\r\n";
        Assert.Equal(question, client.Receive(question.Length));
    }
}
