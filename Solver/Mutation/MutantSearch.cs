using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Explicit;
using Checker.Solver.Explicit.Compile;
using Checker.Solver.Instance;

namespace Checker.Solver.Mutation;

/// <summary>
/// The search of one mutant, and questions about its reached states. Unlike <see cref="Exhaustive"/> it makes no traces: most
/// mutants are killed within milliseconds, and a trace takes longer. For a trace, the mutant is explored again.
/// </summary>
internal sealed unsafe class MutantSearch<TWidth> : IDisposable
    where TWidth : struct, IWidth
{
    /// <summary>The number of states asked all questions, before answered questions are dropped for the rest.</summary>
    private const int Few = 4096;

    private readonly Checks _checks;
    private readonly Explorer<TWidth> _explorer;
    private readonly Generator _generator;
    private readonly ExplorationOptions _options;

    /// <param name="model">The compiled model of one of the variants.</param>
    /// <param name="memory">The largest size of the states in bytes.</param>
    public MutantSearch(Variants variants, CompiledModel model, MutationOptions options, int threads, long memory)
    {
        (Model, _generator, _checks) = (model, new(model.Layout), new(model));
        _options = new()
        {
            Threads = threads,
            EveryProperty = options.EveryProperty,
            MemoryBudget = memory,
            Cancellation = options.Cancellation,
        };
        _explorer = _checks.Explorer<TWidth>(variants.Canonicalizer, _options);
    }

    public CompiledModel Model { get; }

    public Outcome Outcome => _explorer.Outcome;

    public long States => _explorer.Set.Count;

    /// <summary>The size of the states in bytes.</summary>
    public long Bytes => _explorer.Set.Bytes;

    /// <summary>The names of the actions which happen in some state.</summary>
    public ImmutableArray<string> Fired =>
        [.. Model.Model.Scope.System.Actions.Where((_, i) => _explorer.Fired(i) > 0).Select(a => a.Name)];

    /// <summary>Runs the search. Returns the violations, nearest first, and then in the order of declaration.</summary>
    public ImmutableArray<Kill> Run()
    {
        _explorer.Run();
        return
        [
            .. from property in _checks.All
               let met = _checks.Met(_explorer, property)
               where met is not null
               let length = met.Value.Level + (property.IsAboutSteps ? 2 : 1)
               orderby length, Model.Model.Scope.System.Properties.IndexOf(property)
               select new Kill(property, length),
        ];
    }

    /// <summary>The reachability properties of the system which have a witness.</summary>
    /// <exception cref="UnfinishedException">The search for a scenario with gaps was stopped, or lacks memory.</exception>
    public ImmutableArray<PropertyDeclaration> Witnessed(TransitionSystem system)
    {
        PropertyDeclaration[] wanted = [.. system.Properties.Where(p => p.IsWitnessed && p.Subject != PropertySubject.Sequence)];
        bool[] reached = Reached([.. wanted.Select(p => Model.Model.Property(p).Matters)], threads: 1, shared: true);
        return
        [
            .. wanted.Where((_, i) => reached[i]),
            .. system.Properties.Where(p => p.Subject == PropertySubject.Sequence && IsPossible(p)),
        ];
    }

    /// <summary>True if the scenario is possible.</summary>
    /// <inheritdoc cref="Witnessed"/>
    public bool IsPossible(PropertyDeclaration scenario) => Scenarios.Find(Model.Model.Scope, scenario, _options) is not null;

    /// <summary>True at the index of each formula which holds in some reached state.</summary>
    /// <param name="shared">True if other mutants will ask the same questions.</param>
    public bool[] Reached(ImmutableArray<Formula> formulas, int threads, bool shared = false)
    {
        var blocks = _explorer.Levels.SelectMany(l => l).ToList();
        int few = 0;
        for (int states = 0; few < blocks.Count && states < Few; few++)
        {
            states += blocks[few].Count;
        }

        bool[] reached = new bool[formulas.Length];
        Ask(blocks[..few]);
        Ask(blocks[few..]);
        return reached;

        void Ask(List<Block> some)
        {
            if (some.Count == 0)
            {
                return;
            }

            int[] open = [.. Enumerable.Range(0, formulas.Length).Where(i => !reached[i] && !formulas[i].IsFalse)];
            Parallel.ForEach(open.Chunk(CompiledModel.MostPredicates), new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk =>
            {
                Formula[] asked = [.. chunk.Select(i => formulas[i])];
                ulong answers = Look(
                    some,
                    shared ? Model.Compile(asked) : new Predicates([.. _generator.Test(asked).Select(method => (method, 0))]),
                    chunk.Length);
                for (; answers != 0; answers &= answers - 1)
                {
                    reached[chunk[BitOperations.TrailingZeroCount(answers)]] = true;
                }
            });
        }
    }

    public void Dispose() => _explorer.Dispose();

    private ulong Look(List<Block> blocks, Predicates predicates, int count)
    {
        ulong answers = 0;
        ulong all = count == 64 ? ulong.MaxValue : (1UL << count) - 1;
        foreach (var block in blocks)
        {
            for (uint index = block.Start; index < block.Start + (uint)block.Count; index++)
            {
                answers |= predicates.Test(_explorer.Set.State(index));
            }

            if (answers == all)
            {
                break;
            }
        }

        return answers;
    }
}
