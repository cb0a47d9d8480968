using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver.Traces;
using Z3 = Microsoft.Z3;

namespace Checker.Solver.Bounded;

/// <summary>
/// The search of the behaviours of an instance, one length after the other. One solver is used for all lengths: each length is
/// asked under an assumption, and its refutation is asserted before the next.
/// </summary>
internal sealed class BoundedSearch : IDisposable
{
    private readonly BoundedEncoding _encoding;
    private readonly IReadOnlyList<PropertyDeclaration> _properties;
    private readonly int _asked;
    private readonly Deadline _deadline;
    private readonly Z3.Solver _solver;
    private int _length;

    /// <param name="asked">The depth named in the results.</param>
    public BoundedSearch(BoundedEncoding encoding, IReadOnlyList<PropertyDeclaration> properties, int asked, Deadline deadline)
    {
        (_encoding, _properties, _asked, _deadline) = (encoding, properties, asked, deadline);
        _solver = encoding.NewSolver();
        _solver.Assert(encoding.Initial(0));
    }

    /// <summary>Searches the behaviours which are one step longer than before. The first call looks at the initial state.</summary>
    /// <returns>Null if none of them ends in a violation, or in a witness of a reachability property.</returns>
    public BmcResult? Next()
    {
        int length = _length++;
        if (length > 0)
        {
            _solver.Assert(_encoding.Transition(length - 1));
        }

        // A behaviour of this length ends in a bad state, or with a bad step.
        var asked = _properties.Select(p => (Property: p, At: length - (p.IsAboutSteps ? 1 : 0))).Where(p => p.At >= 0)
            .Select((p, i) => (p.Property, Literal: Define($"bad@{length}.{i}", Shown(p.Property, p.At))))
            .ToImmutableArray();
        var any = Define($"bad@{length}", _encoding.Context.MkOr(asked.Select(b => b.Literal)));
        switch (_deadline.Check(_solver, any))
        {
            case Z3.Status.UNSATISFIABLE:
                _solver.Assert(_encoding.Context.MkNot(any));
                return null;
            case Z3.Status.SATISFIABLE:
                foreach (var (property, literal) in asked)
                {
                    switch (_deadline.Check(_solver, literal))
                    {
                        case Z3.Status.SATISFIABLE:
                            var trace = Decode(property, length);
                            return new(
                                property.IsWitnessed
                                    ? new Answer.Possible(trace, Extent.Steps)
                                    : new Answer.Violated(trace, Extent.Steps),
                                _asked,
                                length - 1);
                        case Z3.Status.UNKNOWN:
                            return Unknown(length);
                        default:
                            break;
                    }
                }

                throw new InvalidOperationException("Z3 finds one of the properties violated or witnessed, and none of them");
            default:
                return Unknown(length);
        }
    }

    public void Dispose() => _solver.Dispose();

    private Z3.BoolExpr Shown(PropertyDeclaration property, int step) =>
        property.IsWitnessed ? _encoding.Witnessed(property, step) : _encoding.Violated(property, step);

    private BmcResult Unknown(int length) =>
        new(new Answer.Undecided(_deadline.Reason(_solver), Extent.Steps), _asked, length - 1);

    /// <summary>Makes a literal which is true exactly if the formula is.</summary>
    private Z3.BoolExpr Define(string name, Z3.BoolExpr formula)
    {
        var literal = _encoding.NewTruth(name);
        _solver.Assert(_encoding.Context.MkIff(literal, formula));
        return literal;
    }

    private Trace Decode(PropertyDeclaration property, int length) =>
        Replay.Check(new Trace(_encoding.Scope, property, _encoding.ReadPath(_solver.Model, length), property.IsAboutSteps));
}
