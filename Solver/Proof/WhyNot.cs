using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Bounded;
using Checker.Solver.Explicit;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Proof;

/// <summary>
/// A counterexample to induction in a finite instance: a state satisfying the whole invariant, an action instance, and the state after
/// it, which breaks the conjunct. An implication has no instance: the state itself breaks the property.
/// </summary>
/// <param name="Reached">
/// The shortest behaviour which reaches <paramref name="Before"/>, if there is one. Then there is a bug rather than a missing
/// lemma.
/// </param>
/// <param name="Searched">True if the reachable states of the instance were searched completely.</param>
public sealed record CounterexampleToInduction(Scope Scope, Obligation Obligation, ActionInstance? Instance, ImmutableArray<int> Before,
    ImmutableArray<int> After, Traces.Trace? Reached, bool Searched)
{
    /// <summary>The cells in which the state before differs from the initial state.</summary>
    public IEnumerable<Cell> Unusual => Scope.Cells.Where(c => Before[c.Number] != c.Initial);

    /// <summary>The cells that the step changes.</summary>
    public IEnumerable<Cell> Changed => Scope.Cells.Where(c => Before[c.Number] != After[c.Number]);
}

/// <summary>The failure to find an explanation. The message is a sentence with the reason.</summary>
public sealed class ExplanationStoppedException(string message) : Exception(message);

/// <summary>
/// Explains a failed obligation by the smallest counterexample to induction (fewest elements, then fewest differences from the initial
/// state), and by its reachability. The search is in finite instances, so the result is a state of the model and not of its encoding.
/// </summary>
public static class WhyNot
{
    /// <summary>The largest number of nodes of an instance's formulas with unrolled quantifiers.</summary>
    private const double MostNodes = 30e6;

    /// <param name="largest">The largest number of elements of any sort to try.</param>
    /// <param name="budget">The memory for deciding if the state is reachable.</param>
    /// <returns>The counterexample. Null if no instance of these sizes has one: it needs more elements.</returns>
    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    /// <exception cref="ExplanationStoppedException">The instances became too large before one had a counterexample.</exception>
    /// <exception cref="OperationCanceledException">The search was stopped.</exception>
    public static CounterexampleToInduction? Find(
        ProofResult proof,
        Obligation obligation,
        int largest,
        long budget,
        CancellationToken cancellation)
    {
        foreach (var sizes in Sizes(proof.System, largest))
        {
            cancellation.ThrowIfCancellationRequested();
            var scope = new Scope(proof.System, sizes);
            if (Nodes(scope, proof, obligation) is var nodes && nodes > MostNodes)
            {
                throw new ExplanationStoppedException("an instance with "
                    + $"{string.Join(", ", proof.System.Sorts.Select(s => $"{sizes[s.Name]} {s.Name}"))} has about {nodes:0.0e0} nodes, "
                    + "too many to look for a counterexample in");
            }

            if (Interruption.Cancellable(() => FindIn(scope, proof, obligation, cancellation), cancellation) is { } found)
            {
                var (reached, searched) = Reach(found.Scope, found.Before, budget, cancellation);
                return found with { Reached = reached, Searched = searched };
            }
        }

        return null;
    }

    /// <summary>Finds the shortest behaviour to the state. <c>Complete</c> is true if the answer "none" is final.</summary>
    public static (Traces.Trace? Trace, bool Complete) Reach(
        Scope scope,
        ImmutableArray<int> state,
        long budget,
        CancellationToken cancellation)
    {
        // The question names elements, which the language cannot. It concerns one state, so symmetry is off.
        var cells = scope.Cells.Select(c => (Node)new Eq(
            new Read(c.Variable, [.. c.Index.Select((code, i) => new Lit(c.Variable.Index[i], code))], Primed: false),
            new Lit(c.Variable.Type is RangeType ? ModelType.Int : c.Variable.Type, state[c.Number])));
        var here = new PropertyDeclaration("here", PropertyKind.Reachable, new And([.. cells]), [], scope.System.Source);
        var question = new Scope(scope.System with { Properties = [here] }, scope.System.Sorts.ToDictionary(s => s.Name, scope.SizeOf));
        var result = new Exhaustive(
            question,
            new ExplorationOptions
            {
                Symmetry = false,
                Vacuity = false,
                MemoryBudget = budget,
                Cancellation = cancellation,
                Threads = Environment.ProcessorCount
            }).Run();
        return (result.Properties[0].Trace, result.Outcome == Outcome.Complete);
    }

    private static CounterexampleToInduction? FindIn(Scope scope, ProofResult proof, Obligation obligation, CancellationToken cancellation)
    {
        var model = new FiniteModel(scope, assumeReachable: false);
        var invariant = proof.Conjuncts.Select(c => model.State(c.Formula));
        var actions = model.Actions.Where(a => Obligations.NameOf(a.Instance) == obligation.Action).ToList();
        var property = obligation.Conjunct;
        var broken = obligation.Kind switch
        {
            ObligationKind.Initiation => null,
            ObligationKind.Preservation => model.Steps(actions, Fold.Prime(property.Formula), negate: true),
            _ when property.Subject == PropertySubject.Step => model.Steps(actions, property.Formula, negate: true),
            _ => FormulaBuilder.Not(model.State(property.Formula)),
        };
        if (broken is null)
        {
            // The initial state has no freedom.
            ImmutableArray<int> initial = [.. scope.InitialState()];
            return new Interpreter(scope).Holds(property.Formula, [.. initial])
                ? null
                : new(scope, obligation, null, initial, initial, null, false);
        }

        int[]? before = Smallest(model, FormulaBuilder.And([.. invariant, broken]), cancellation);
        if (before is null)
        {
            return null;
        }

        var interpreter = new Interpreter(scope);
        if (actions.Count == 0)
        {
            return new(scope, obligation, null, [.. before], [.. before], null, false);
        }

        foreach (var instance in actions.Select(a => a.Instance).Where(i => interpreter.Enabled(i, before)))
        {
            int[] after = interpreter.Apply(instance, before);
            bool holds = obligation.Kind == ObligationKind.Preservation
                ? interpreter.Holds(property.Formula, after)
                : interpreter.Holds(property.Formula, before, after);
            if (!holds)
            {
                return new(scope, obligation, instance, [.. before], [.. after], null, false);
            }
        }

        throw new InvalidOperationException($"Z3's counterexample to '{obligation}' is none for the interpreter");
    }

    /// <summary>Finds a state satisfying the formula with as few differences from the initial state as possible.</summary>
    private static int[]? Smallest(FiniteModel model, Formula formula, CancellationToken cancellation)
    {
        using var encoding = new FiniteEncoding(model);
        using var solver = encoding.NewSolver();
        using var interrupt = new Interruption(encoding.Context, cancellation);
        solver.Assert(encoding.InDomain(0), encoding.Holds(formula, 0));
        int[] initial = model.Scope.InitialState();
        Z3.BoolExpr[] differs = [.. model.Scope.Cells.Where(c => !ulong.IsPow2(model.Formulas.Possible[c.Number]))
            .Select(c => encoding.Context.MkNot(encoding.Holds(model.Formulas.CellIs(c.Number, initial[c.Number]), 0)))];
        int[]? smallest = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (solver.Check())
            {
                case Z3.Status.SATISFIABLE:
                    smallest = encoding.ReadState(solver.Model, 0);
                    int distance = model.Scope.Cells.Count(c => smallest[c.Number] != initial[c.Number]);
                    if (distance == 0)
                    {
                        return smallest;
                    }

                    solver.Assert(encoding.Context.MkAtMost(differs, (uint)(distance - 1)));
                    break;
                case Z3.Status.UNSATISFIABLE:
                    return smallest;
                default:
                    cancellation.ThrowIfCancellationRequested();
                    throw new InvalidOperationException($"Z3 does not decide a finite instance: {solver.ReasonUnknown}");
            }
        }
    }

    /// <summary>The approximate number of nodes of an instance's formulas.</summary>
    private static double Nodes(Scope scope, ProofResult proof, Obligation obligation)
    {
        double steps = 0;
        double instances = 0;
        foreach (var action in scope.System.Actions)
        {
            double choices = Choices(action.Parameters);
            steps += choices * (action.Guards.Sum(g => Unrolled(g.Condition))
                + action.Updates.Sum(u => Choices(u.Bulk) * u.When.Concat(u.Index).Append(u.Value).Sum(Unrolled)));
            instances += action.Name == obligation.Action.Split('(')[0] ? choices : 0;
        }

        return steps + proof.Conjuncts.Sum(c => Unrolled(c.Formula)) + (Math.Max(1, instances) * Unrolled(obligation.Conjunct.Formula));

        double Choices(ImmutableArray<Binder> binders) => binders.Aggregate(1.0, (n, b) => n * scope.Cardinality(b.Type));

        double Unrolled(Node node) => node switch
        {
            Quantified q => 1 + (scope.Cardinality(q.Binder.Type) * Unrolled(q.Body)),
            Count c => 1 + (scope.Cardinality(c.Binder.Type) * Unrolled(c.Body)),
            _ => 1 + Fold.Children(node).Sum(Unrolled),
        };
    }

    /// <summary>The sizes of the sorts, starting with the smallest and the fewest elements.</summary>
    private static IEnumerable<Dictionary<string, int>> Sizes(TransitionSystem system, int largest) =>
        Scope.Tuples([.. system.Sorts.Select(s => largest + 1 - Domain.LeastOf(system, s))])
            .Select(t => t.Select((n, i) => n + Domain.LeastOf(system, system.Sorts[i])).ToArray())
            .OrderBy(t => t.Sum())
            .ThenBy(t => t.Count(n => n == 0))
            .Select(t => system.Sorts.Zip(t).ToDictionary(s => s.First.Name, s => s.Second));
}
