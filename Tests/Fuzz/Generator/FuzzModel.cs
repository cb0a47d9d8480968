using System.Text;
using Checker.Model.Check;
using Checker.Model.Ir;

namespace Checker.Tests.Fuzz.Generator;

/// <summary>A random model with sizes for its sorts.</summary>
/// <param name="Raw">The generated model, before the language has checked it.</param>
/// <param name="Origin">The words which reproduce the model.</param>
internal sealed record FuzzModel(TransitionSystem Raw, IReadOnlyDictionary<string, int> Sizes, string Origin)
{
    private readonly Lazy<TransitionSystem> _system = new(() => WellFormed.Check(Raw, []));

    /// <summary>The model as accepted by the language, with its required properties.</summary>
    /// <exception cref="ModelException">The language refuses the model.</exception>
    public TransitionSystem System => _system.Value;

    public FuzzModel With(TransitionSystem raw) => new(raw, Sizes, Origin);

    public FuzzModel With(IReadOnlyDictionary<string, int> sizes) => new(Raw, sizes, Origin);

    public override string ToString()
    {
        var text = new StringBuilder($"{Origin}: {string.Join(", ", Raw.Sorts.Select(s => $"{s.Name} {Sizes[s.Name]}"))}");
        text.Append($", labels {{{string.Join(", ", Raw.Labels.Select(l => l.Name))}}} without {{{string.Join(", ", Raw.Dropped)}}}\n");
        var types = Raw.Variables.SelectMany(v => v.Index.Append(v.Type)).Select(t => t is OptionType o ? o.Element : t);
        foreach (var type in types.OfType<EnumType>().Distinct())
        {
            text.Append($"  enum {type.Name} {{ {string.Join(", ", type.Members)} }}\n");
        }

        foreach (var variable in Raw.Variables)
        {
            text.Append($"  {variable.Name}[{string.Join(", ", variable.Index)}]: {variable.Type}");
            text.Append($" = {Printer.Value(variable.Type, variable.Initial)}\n");
        }

        foreach (var action in Raw.Actions)
        {
            text.Append($"  action {action.Name}({string.Join(", ", action.Parameters)})\n");
            foreach (var guard in action.Guards)
            {
                text.Append($"    require {guard.Condition}\n");
            }

            foreach (var update in action.Updates)
            {
                string bulk = string.Concat(update.Bulk.Select(b => $"for each {b}: "));
                string when = string.Concat(update.When.Select(w => $"if {w}: "));
                text.Append($"    {bulk}{when}{update.Variable}[{string.Join(", ", update.Index)}] := {update.Value}\n");
            }
        }

        foreach (var property in Raw.Properties)
        {
            text.Append($"  {property.Kind} {property.Name}: {string.Concat(property.Actions.Select(a => a + "; "))}{property.Formula}\n");
        }

        return text.ToString();
    }
}
