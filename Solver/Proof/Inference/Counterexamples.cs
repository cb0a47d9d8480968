using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Bounded;
using Checker.Solver.Instance;
using Checker.Solver.Smt;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Proof.Inference;

/// <summary>A state and a step from it. A counterexample about a state alone has no step.</summary>
internal sealed record Counterexample(int[] Before, ActionInstance? Instance, int[] After);

/// <summary>
/// Finds counterexamples to induction in a finite instance, with one solver for all questions. Each clause is asserted under a literal
/// of its own. So every question names the clauses it assumes, and the solver keeps its learnt clauses. Clauses share their atoms: an
/// atom about certain elements is encoded once before the step and once after it.
/// </summary>
internal sealed class Counterexamples : IDisposable
{
    private readonly FiniteEncoding _encoding;
    private readonly Z3.Solver _solver;
    private readonly Z3.BoolExpr _steps;
    private readonly Z3.BoolExpr[] _isInitial;
    private readonly int[] _initial;
    private readonly Vocabulary _vocabulary;
    private readonly Grounder _ground;
    private readonly Dictionary<(int Step, int Atom, string Elements), Z3.BoolExpr> _atoms = [];
    private readonly Dictionary<Clause, Z3.BoolExpr> _before = [];
    private readonly Dictionary<Clause, Z3.BoolExpr> _broken = [];
    private readonly Dictionary<Clause[], Z3.BoolExpr> _groups = [];
    private readonly Dictionary<PropertyDeclaration, Z3.BoolExpr> _violated = [];
    private readonly Interruption _interruption;

    /// <exception cref="EnvironmentException">There is no usable libz3.</exception>
    public Counterexamples(FiniteModel model, Vocabulary vocabulary, CancellationToken cancellation)
    {
        (Model, _vocabulary) = (model, vocabulary);
        _ground = new Grounder(model.Scope, model.Formulas, label => !model.Scope.System.Dropped.Contains(label));
        _encoding = new FiniteEncoding(model);
        _solver = _encoding.NewSolver();
        _interruption = new(_encoding.Context, cancellation);
        _initial = model.Scope.InitialState();
        _isInitial = [.. model.Scope.Cells.Select(c => Define(_encoding.Holds(model.Formulas.CellIs(c.Number, _initial[c.Number]), 0)))];
        _steps = Literal();
        _solver.Assert(_encoding.InDomain(0), _encoding.InDomain(1), Implies(_steps, _encoding.Transition(0)));
    }

    public FiniteModel Model { get; }

    /// <summary>Finds a step from a state satisfying the whole invariant to a state violating the conjunct.</summary>
    public Counterexample? Breaking(Clause conjunct, IEnumerable<Clause> invariant, bool small) =>
        Find([_steps, Broken(conjunct), .. invariant.Select(Before)], small, step: true);

    /// <summary>Finds a step from a state satisfying the whole invariant to a state violating some of the conjuncts.</summary>
    /// <param name="invariant">
    /// The invariant in groups, each asserted under one literal, because the solver is slow with thousands of assumptions.
    /// </param>
    public Counterexample? BreakingAny(IReadOnlyCollection<Clause> conjuncts, IReadOnlyCollection<Clause[]> invariant)
    {
        var any = Literal();
        _solver.Assert(Implies(any, _encoding.Context.MkOr(conjuncts.Select(Broken))));
        return Find([_steps, any, .. invariant.Select(Before)], small: false, step: true);
    }

    /// <summary>Finds a state, reachable or not, which violates one of the clauses.</summary>
    public int[]? Violating(IReadOnlyCollection<Clause> clauses)
    {
        var any = Literal();
        _solver.Assert(Implies(any, _encoding.Context.MkOr(clauses.Select(Broken))));
        return Check([any]) ? _encoding.ReadState(_solver.Model, 1) : null;
    }

    /// <summary>Finds a state satisfying the whole invariant which violates the property or has a step violating it.</summary>
    public Counterexample? Violating(PropertyDeclaration property, IEnumerable<Clause> invariant, bool small)
    {
        if (!_violated.TryGetValue(property, out var violated))
        {
            _violated[property] = violated = Define(_encoding.Violated(property, 0));
        }

        bool step = property.IsAboutSteps;
        return Find([.. step ? [_steps] : Array.Empty<Z3.BoolExpr>(), violated, .. invariant.Select(Before)], small, step);
    }

    /// <summary>The conjuncts used by the solver to refute the last question.</summary>
    public HashSet<Clause> Used(IEnumerable<Clause> invariant)
    {
        var core = _solver.UnsatCore.ToHashSet();
        return [.. invariant.Where(c => core.Contains(Before(c)))];
    }

    /// <inheritdoc cref="Used(IEnumerable{Clause})"/>
    public HashSet<Clause[]> Used(IEnumerable<Clause[]> invariant)
    {
        var core = _solver.UnsatCore.ToHashSet();
        return [.. invariant.Where(g => core.Contains(Before(g)))];
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _solver.Dispose();
        _encoding.Dispose();
    }

    private Z3.BoolExpr Before(Clause conjunct)
    {
        if (!_before.TryGetValue(conjunct, out var literal))
        {
            _before[conjunct] = literal = Literal();
            foreach (var instance in Instances(conjunct, 0))
            {
                _solver.Assert(_encoding.Context.MkOr([_encoding.Context.MkNot(literal), .. instance]));
            }
        }

        return literal;
    }

    private Z3.BoolExpr Before(Clause[] group)
    {
        if (!_groups.TryGetValue(group, out var literal))
        {
            _groups[group] = literal = Literal();
            _solver.Assert([.. group.Select(c => Implies(literal, Before(c)))]);
        }

        return literal;
    }

    private Z3.BoolExpr Broken(Clause conjunct)
    {
        if (!_broken.TryGetValue(conjunct, out var literal))
        {
            _broken[conjunct] = literal = Literal();
            _solver.Assert(Implies(
                literal,
                _encoding.Context.MkOr(Instances(conjunct, 1).Select(i => _encoding.Context.MkAnd(i.Select(_encoding.Context.MkNot))))));
        }

        return literal;
    }

    /// <summary>The clause for each choice of its elements, except those for which it always holds.</summary>
    private IEnumerable<Z3.BoolExpr[]> Instances(Clause clause, int step)
    {
        var slots = _vocabulary.SlotsOf(clause);
        foreach (var elements in Scope.Tuples([.. slots.Select(s => Model.Scope.Cardinality(s.Type))]))
        {
            var bound = ImmutableDictionary<Binder, int>.Empty.AddRange(slots.Zip(elements, KeyValuePair.Create));
            Z3.BoolExpr[] literals = [.. clause.Literals.Select(l => Literal(l, step, bound)).Where(l => !l.IsFalse)];
            if (!Array.Exists(literals, l => l.IsTrue))
            {
                yield return literals;
            }
        }
    }

    private Z3.BoolExpr Literal(int literal, int step, ImmutableDictionary<Binder, int> bound)
    {
        int atom = literal / 2;
        string elements = string.Join(',', _vocabulary.SlotsOf(new Clause([literal])).Select(s => bound[s]));
        if (!_atoms.TryGetValue((step, atom, elements), out var truth))
        {
            var formula = _ground.Of(_vocabulary.AtomOf(atom), bound);
            _atoms[(step, atom, elements)] = truth = formula is Constant
                ? _encoding.Context.MkBool(formula.IsTrue)
                : Define(_encoding.Holds(formula, step));
        }

        return (literal & 1) == 0 ? truth
            : truth.IsTrue ? _encoding.Context.MkFalse()
            : truth.IsFalse ? _encoding.Context.MkTrue()
            : _encoding.Context.MkNot(truth);
    }

    /// <param name="small">
    /// True to search a state before the step which differs from the initial state in few cells, so all of it matters.
    /// </param>
    private Counterexample? Find(ImmutableArray<Z3.BoolExpr> question, bool small, bool step)
    {
        if (!Check(question))
        {
            return null;
        }

        var found = Read(step);
        if (small)
        {
            var kept = new List<Z3.BoolExpr>(question);
            foreach (var cell in Model.Scope.Cells)
            {
                if (found.Before[cell.Number] == _initial[cell.Number])
                {
                    kept.Add(_isInitial[cell.Number]);
                }
            }

            // One cell after the other, the rarest kinds first, is fixed to its initial value if possible.
            foreach (var cell in Model.Scope.Cells)
            {
                if (found.Before[cell.Number] == _initial[cell.Number] || !Check([.. kept, _isInitial[cell.Number]]))
                {
                    continue;
                }

                var smaller = Read(step);
                kept.AddRange(Model.Scope.Cells.Where(c =>
                    smaller.Before[c.Number] == _initial[c.Number] && found.Before[c.Number] != _initial[c.Number])
                    .Select(c => _isInitial[c.Number]));
                found = smaller;
            }
        }

        return found;
    }

    private bool Check(IEnumerable<Z3.BoolExpr> assumptions) => _solver.Check(assumptions) switch
    {
        Z3.Status.SATISFIABLE => true,
        Z3.Status.UNSATISFIABLE => false,
        _ => throw new OperationCanceledException($"Z3 does not decide a finite instance: {_solver.ReasonUnknown}"),
    };

    private Counterexample Read(bool step)
    {
        var model = _solver.Model;
        int[] before = _encoding.ReadState(model, 0);
        return step ? new(before, _encoding.ReadInstance(model, 0), _encoding.ReadState(model, 1)) : new(before, null, before);
    }

    private Z3.BoolExpr Define(Z3.BoolExpr formula)
    {
        var literal = Literal();
        _solver.Assert(_encoding.Context.MkIff(literal, formula));
        return literal;
    }

    private Z3.BoolExpr Literal() => _encoding.NewTruth("assume");

    private Z3.BoolExpr Implies(Z3.BoolExpr premise, Z3.BoolExpr conclusion) => _encoding.Context.MkImplies(premise, conclusion);
}
