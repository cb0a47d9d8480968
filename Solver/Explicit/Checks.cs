using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Explicit.Compile;

namespace Checker.Solver.Explicit;

/// <summary>The properties decided during a search: safety properties, and the requirements on states without successors.</summary>
internal sealed class Checks
{
    private readonly CompiledModel _model;
    private readonly ImmutableArray<PropertyDeclaration> _checked;
    private readonly ImmutableArray<PropertyDeclaration> _terminal;

    /// <param name="lemmas">True to decide the lemmas as well.</param>
    public Checks(CompiledModel model, bool lemmas = false)
    {
        _model = model;
        var properties = model.Model.Scope.System.Properties;
        _checked = [.. properties.Where(p => p.IsSafety || (lemmas && p.IsLemma))];
        _terminal = [.. properties.Where(p => p.Subject == PropertySubject.Deadlock)];
    }

    public IEnumerable<PropertyDeclaration> All => _checked.Concat(_terminal);

    public Explorer<TWidth> Explorer<TWidth>(Canonicalizer? canonicalizer, ExplorationOptions options)
        where TWidth : struct, IWidth =>
        new(
            _model,
            [.. _checked.Chunk(CompiledModel.MostPredicates).Select(_model.CompileProperties)],
            [.. _terminal.Chunk(CompiledModel.MostPredicates).Select(_model.CompileProperties)],
            canonicalizer,
            options)
        {
            StepPredicates = [.. Enumerable.Range(0, _checked.Length).Where(i => _checked[i].IsAboutSteps)],
        };

    /// <summary>
    /// The place of the first violation of the property: the first level with such a state, and the least such state there.
    /// </summary>
    public (int Level, ulong[] State)? Met<TWidth>(Explorer<TWidth> explorer, PropertyDeclaration property)
        where TWidth : struct, IWidth
    {
        int number = property.Subject == PropertySubject.Deadlock
            ? explorer.FirstTerminal + _terminal.IndexOf(property)
            : _checked.IndexOf(property);
        return explorer.Found.TryGetValue(number, out var found) ? found : null;
    }
}
