using Checker.Solver.Instance;

namespace Checker.Solver.Export;

/// <summary>The languages of other tools in which an instance can be written.</summary>
public enum ExportFormat
{
    /// <summary>Murphi, for Rumur.</summary>
    Murphi,

    /// <summary>Promela, for SPIN.</summary>
    Promela,
}

/// <summary>An exported instance.</summary>
/// <param name="Configuration">The text of a second file which the tool needs; null if there is none.</param>
public sealed record ExportedText(string Text, string? Configuration = null);

/// <summary>Writes a finite instance in the language of another tool.</summary>
public static class Exporter
{
    /// <param name="head">The lines of the comment at the top.</param>
    /// <param name="name">The name of the module, for a language which has one.</param>
    /// <exception cref="NotExportableException">The format cannot express a part of the model.</exception>
    public static ExportedText Write(
        ExportFormat format,
        Scope scope,
        IEnumerable<string> head,
        string name)
    {
        var model = new PreparedModel(scope);
        return format switch
        {
            ExportFormat.Murphi => new(Murphi.Write(model, head)),
            ExportFormat.Promela => new(Promela.Write(model, head)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, $"no writer for {name}"),
        };
    }
}
