using Checker.Solver.Instance;

namespace Checker.Solver.Export;

/// <summary>The languages of other tools in which an instance can be written.</summary>
public enum ExportFormat
{
    /// <summary>TLA+, for TLC.</summary>
    Tla,

    /// <summary>Murphi, for Rumur.</summary>
    Murphi,

    /// <summary>Promela, for SPIN.</summary>
    Promela,

    /// <summary>SMT-LIB with bit vectors, for cvc5 and other solvers.</summary>
    SmtLib,

    /// <summary>BTOR2, for the model checkers of hardware.</summary>
    Btor2,
}

/// <summary>An exported instance.</summary>
/// <param name="Configuration">The text of a second file which the tool needs; null if there is none.</param>
public sealed record ExportedText(string Text, string? Configuration = null);

/// <summary>Writes a finite instance in the language of another tool.</summary>
public static class Exporter
{
    /// <summary>The largest number of steps of a question if none is given.</summary>
    public const int DefaultSteps = 8;

    /// <param name="head">The lines of the comment at the top.</param>
    /// <param name="name">The name of the module, for a language which has one.</param>
    /// <param name="steps">The largest number of steps of a question, for a language which asks questions.</param>
    /// <exception cref="NotExportableException">The format cannot express a part of the model.</exception>
    public static ExportedText Write(
        ExportFormat format,
        Scope scope,
        IEnumerable<string> head,
        string name,
        int steps = DefaultSteps)
    {
        return format switch
        {
            ExportFormat.Tla => Tla.Write(new(scope, anySize: true), head, name),
            ExportFormat.Murphi => new(Murphi.Write(new(scope), head)),
            ExportFormat.Promela => new(Promela.Write(new(scope), head)),
            ExportFormat.SmtLib => new(SmtLib.Write(scope, steps, head)),
            ExportFormat.Btor2 => new(Btor2.Write(scope, head)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "there is no writer for this format"),
        };
    }

    /// <summary>Returns the name of a property as Murphi has it in quotes, and Rumur prints it.</summary>
    public static string Quotable(string name) =>
        string.Concat(name.Select(c => c is '"' ? '\'' : c is '\\' || char.IsControl(c) ? '_' : c));
}
