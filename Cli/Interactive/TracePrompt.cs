using System.Collections.Immutable;
using Checker.App;
using Checker.Cli.Report;
using Checker.Model.Ir;
using Checker.Solver.Traces;
using Checker.Solver.Traces.Files;
using Checker.Solver.Traces.Text;
using Spectre.Console;

namespace Checker.Cli.Interactive;

/// <summary>
/// The dialogue of <c>replay --extend</c>: it shows the enabled steps, takes the chosen one, and saves the trace. The prompts are those of
/// Spectre.Console; the lines in between are written like all others.
/// </summary>
/// <param name="console">The terminal of the prompts.</param>
/// <param name="terminal">The same terminal, for lines.</param>
/// <param name="file">The file to save to; null to ask for its name.</param>
internal sealed class TracePrompt(IAnsiConsole console, Terminal terminal, string? file, CancellationToken cancellation)
{
    /// <summary>The number of choices shown at once.</summary>
    private const int PageSize = 20;

    /// <summary>The states which are in a file: those of the original trace, and those of each saved one.</summary>
    private readonly List<ImmutableArray<TraceState>> _saved = [];

    /// <summary>A choice of a prompt: the line which is shown, and the editor after it; null to quit.</summary>
    private sealed record Choice(string Line, Func<TraceEditor?> Chosen);

    /// <summary>Extends the trace until the user quits.</summary>
    /// <exception cref="OperationCanceledException">The user pressed Ctrl-C.</exception>
    public void Run(TraceEditor editor)
    {
        _saved.Add(editor.Trace.States);
        try
        {
            terminal.Lines(TraceText.Write(editor.Trace, new(terminal.Width)));
            for (TraceEditor? next = editor; next is not null; next = Ask(next))
            {
            }
        }
        catch (OperationCanceledException)
        {
            // A prompt which was broken off leaves its line unfinished.
            terminal.Line();
            throw;
        }
        finally
        {
            console.Cursor.Show();
        }
    }

    private TraceEditor? Ask(TraceEditor editor)
    {
        var steps = editor.Next;
        terminal.Line();
        Report(editor);
        int width = steps.Select(s => s.Instance.Action.Actor.Length).DefaultIfEmpty(0).Max();
        List<Choice> choices =
        [
            .. steps.Select(s => new Choice(
                $"{s.Instance.Action.Actor.PadRight(width)}  {s.Instance}{Effects(s)}",
                () => Taken(editor, s))),
            .. Commands(editor),
        ];
        string count = steps.IsEmpty ? "no step is enabled" : $"{Quantity.Of(steps.Length, "step")} enabled";
        return Show(new SelectionPrompt<Choice>(), $"State {editor.Present} of {editor.Trace.Length}: {count}", choices).Chosen();
    }

    /// <summary>The choices which are no steps.</summary>
    private IEnumerable<Choice> Commands(TraceEditor editor)
    {
        if (editor.Undo() is { } before)
        {
            yield return new("[undo the last step or jump]", () => before);
        }

        if (editor.Trace.Length > 1)
        {
            yield return new("[jump to a state]", () => Jump(editor));
        }

        yield return new($"[save{(file is null ? "" : $" to {file}")}]", () => Save(editor));
        yield return new("[quit]", () => Quit(editor));
    }

    /// <summary>The properties that a step makes false, and the dropped labels that would have prevented it.</summary>
    private static string Effects(NextStep step) =>
        (step.Falsified.IsEmpty ? "" : $"  ! violates {Names(step.Falsified)}")
            + (step.Missed.IsEmpty ? "" : $"  ! without {string.Join(", ", step.Missed.Select(m => m.Label))}");

    private static string Names(IEnumerable<PropertyDeclaration> properties) => string.Join(", ", properties.Select(p => p.Name));

    /// <summary>Writes the properties violated in the present state.</summary>
    private void Report(TraceEditor editor)
    {
        foreach (var property in editor.Violated())
        {
            terminal.Line(Trace.Shown(property, editor.Present) + property.Name, Tone.Bad);
        }
    }

    private TraceEditor Taken(TraceEditor editor, NextStep step)
    {
        var taken = editor.Take(step.Instance);
        terminal.Lines(TraceText.WriteStep(taken.Trace, taken.Present - 1, new(terminal.Width)));
        return taken;
    }

    private TraceEditor Jump(TraceEditor editor)
    {
        int width = Quantity.Count(editor.Trace.Length).Length;
        var choices = editor.Trace.States.Select((s, i) => new Choice(
            $"{Quantity.Count(i + 1).PadLeft(width)}  {s.Instance?.ToString() ?? "the initial state"}",
            () => editor.Jump(i + 1)));
        return Show(new SelectionPrompt<Choice>(), "The state to jump to", choices).Chosen()!;
    }

    private TraceEditor Save(TraceEditor editor)
    {
        string path = file ?? Ask(new TextPrompt<string>("File (*.itf.json for ITF, else *.json):").Validate(Writable));
        try
        {
            var trace = editor.Result();
            TraceFile.Write(path, trace);
            _saved.Add(trace.States);
        }
        catch (TraceFileException failure)
        {
            // The steps are not lost: the user may name another file, or make room.
            terminal.Line(failure.Message, Tone.Bad);
            return editor;
        }

        terminal.Line($"wrote {path} ({Quantity.Of(editor.Present, "state")}); `{Self.Command} replay {Self.Argument(path)}` shows it");
        return editor;
    }

    private static ValidationResult Writable(string path)
    {
        try
        {
            TraceFile.CheckWritable(path);
            return ValidationResult.Success();
        }
        catch (TraceFileException refused)
        {
            return ValidationResult.Error(Markup.Escape(refused.Message));
        }
    }

    private TraceEditor? Quit(TraceEditor editor) =>
        IsSaved(editor.Trace.States) || Ask(new ConfirmationPrompt("Some steps are not saved. Quit?") { DefaultValue = false })
            ? null
            : editor;

    private bool IsSaved(ImmutableArray<TraceState> states) =>
        _saved.Exists(s => s.Length >= states.Length && states.SequenceEqual(s[..states.Length]));

    private Choice Show(SelectionPrompt<Choice> prompt, string title, IEnumerable<Choice> choices) => Ask(prompt
        .Title(Markup.Escape(title))
        .PageSize(Math.Max(3, Math.Min(PageSize, console.Profile.Height - 4)))
        .WrapAround()
        .EnableSearch()
        .MoreChoicesText("(more above and below)")
        .UseConverter(c => Markup.Escape(c.Line))
        .AddChoices(choices));

    private T Ask<T>(IPrompt<T> prompt) => prompt.ShowAsync(console, cancellation).GetAwaiter().GetResult();
}
