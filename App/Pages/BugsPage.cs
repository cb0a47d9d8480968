using System.Collections.Immutable;
using System.Text;

namespace Checker.App.Pages;

/// <summary>The generated page docs/bugs.md: all known bugs, grouped by the kind of mistake, each with its shortest trace.</summary>
public sealed class BugsPage(ImmutableArray<BugRun> runs)
{
    public string Text()
    {
        var text = new StringBuilder();
        text.Append("# Known bugs\n\n");
        Paragraph(text, $"The command `checker bugs --write docs/bugs.md` generates this page. It has {runs.Length} bugs of real systems, "
            + "found by the people named in the sources. Each is one change of a correct model: a guard or a step is left out, "
            + "a failure is ignored, or two steps are exchanged. The checker finds each of them, by a shortest way to the violated "
            + "property. `checker bugs ID` shows the whole trace with the changes of the state.");
        Paragraph(text, "The models are written by hand, and the sources of kernel and firmware are not read. A bug in this list is a bug "
            + "of the mechanism, as the report or the fix describes it.");
        foreach (var group in runs.GroupBy(r => r.Bug.Mistake).OrderBy(g => g.Key))
        {
            string heading = BugWords.Of(group.Key);
            text.Append($"## {char.ToUpperInvariant(heading[0])}{heading[1..]}\n\n");
            Paragraph(text, BugWords.Lesson(group.Key));
            foreach (var run in group)
            {
                Entry(text, run);
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Entry(StringBuilder text, BugRun run)
    {
        var bug = run.Bug;
        text.Append($"### {bug.Id}: {bug.Title}\n\n");
        Paragraph(text, bug.Mechanism);
        Paragraph(text, $"It is prevented so: {bug.Prevention}");
        Item(text, "source", bug.Source);
        Item(text, "real fix", bug.Fix);
        Item(text, "class", bug.Class.ToString().ToLowerInvariant());
        Item(text, "in the model", $"{run.Protocol.Name}{(bug.Design.Length == 0 ? "" : $" `{bug.Design}`")} at "
            + $"{string.Join(',', bug.Bounds)}, `{BugRun.Change(bug)}`");
        Item(text, "violates", $"`{bug.Property}` in {run.Trace!.Length} states");
        text.Append('\n');
        text.Append("```text\n");
        foreach (var (state, number) in run.Trace.States.Skip(1).Select((s, i) => (s, i + 2)))
        {
            text.Append($"{number,3}  {state.Instance!.Action.Actor,-10} {state.Instance}\n");
        }

        text.Append("```\n\n");
    }

    private static void Paragraph(StringBuilder text, string paragraph) => text.Append(MarkdownText.Wrap(paragraph)).Append('\n');

    private static void Item(StringBuilder text, string name, string value) =>
        text.Append(MarkdownText.Wrap($"* {name}: {value}", "  "));
}
