namespace Checker.Tests.Cli;

/// <summary>A directory for one test.</summary>
internal sealed class Folder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("checker-test-");

    public string this[string name] => Path.Combine(_directory.FullName, name);

    public string[] Files => [.. _directory.EnumerateFiles().Select(f => f.Name).Order(StringComparer.Ordinal)];

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
