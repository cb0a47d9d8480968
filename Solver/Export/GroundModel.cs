using System.Collections.Immutable;
using System.Numerics;
using Checker.Model.Ir;
using Checker.Solver.Instance;

namespace Checker.Solver.Export;

/// <summary>A property as the set of states in which it is violated (or before a violating step).</summary>
internal sealed record GroundViolation(PropertyDeclaration Property, Formula Violated);

/// <summary>
/// An instance over cells, for the formats of bit vectors. Its formulas assume nothing about reachable states: a mistake in that
/// analysis shall not be exported with the model.
/// </summary>
internal sealed class GroundModel
{
    private readonly FiniteModel _model;

    public GroundModel(Scope scope)
    {
        _model = new FiniteModel(scope, assumeReachable: false);
        Violations = [.. scope.System.Properties.Where(p => !p.IsWitnessed && p.Subject != PropertySubject.Sequence).Select(Violation)];
        Omitted = [.. scope.System.Properties.Where(p => p.IsWitnessed || p.Subject == PropertySubject.Sequence)];
        long greatest = Formulas.Select(f => Range(f)).Concat(Cells.Select(c => (Least: 0L, Greatest: c.Cardinality - 1L)))
            .Append((0, 1)).Max(r => Math.Max(Math.Abs(r.Least), Math.Abs(r.Greatest)));
        IntegerBits = BitOperations.Log2((ulong)Math.Max(1, greatest)) + 2;
    }

    public Scope Scope => _model.Scope;

    public ImmutableArray<Cell> Cells => Scope.Cells;

    /// <summary>The instances of actions. The number of an instance is its choice.</summary>
    public ImmutableArray<GroundAction> Actions => _model.Actions;

    public ImmutableArray<GroundViolation> Violations { get; }

    /// <summary>The properties which are not about bad states or bad steps, and are left out.</summary>
    public ImmutableArray<PropertyDeclaration> Omitted { get; }

    /// <summary>The number of bits of an integer in two's complement. Every value of every formula fits.</summary>
    public int IntegerBits { get; }

    public int ChoiceBits => BitOperations.Log2((uint)Math.Max(1, Actions.Length)) + 1;

    /// <summary>The number of bits of a cell's code.</summary>
    public static int Bits(Cell cell) => BitOperations.Log2((uint)Math.Max(1, cell.Cardinality - 1)) + 1;

    /// <summary>The values which instances give to a cell, each with the numbers of these instances.</summary>
    public IEnumerable<(Formula Value, ImmutableArray<int> Choices)> Writes(Cell cell) =>
        from write in Actions.Index().SelectMany(a => a.Item.Updates.Where(u => u.Cell == cell.Number).Select(u => (a.Index, u.Value)))
        group write.Index by write.Value into same
        select (same.Key, (ImmutableArray<int>)[.. same]);

    private IEnumerable<Formula> Formulas => Actions.SelectMany(a => a.Updates.Select(u => u.Value).Prepend(a.Guard))
        .Concat(Violations.Select(v => v.Violated)).SelectMany(Descendants);

    private GroundViolation Violation(PropertyDeclaration property)
    {
        var violated = _model.Property(property).Matters;
        return new(property, property.Subject != PropertySubject.Deadlock ? violated
            : FormulaBuilder.And([violated, .. Actions.Select(a => FormulaBuilder.Not(a.Guard))]));
    }

    private static IEnumerable<Formula> Descendants(Formula formula) => formula.Parts.SelectMany(Descendants).Prepend(formula);

    /// <summary>The least and the greatest value of a formula, from its text alone.</summary>
    private (long Least, long Greatest) Range(Formula formula)
    {
        switch (formula)
        {
            case Constant f: return (f.Value, f.Value);
            case CellValue f: return (0, Cells[f.Cell].Cardinality - 1);
            case Conditional f: return Union(Range(f.Then), Range(f.Else));
            case Sum f: return Range(f.Left) is var (a, b) && Range(f.Right) is var (c, d) ? (a + c, b + d) : default;
            case Difference f: return Range(f.Left) is var (g, h) && Range(f.Right) is var (k, m) ? (g - m, h - k) : default;
            default: return (0, 1);
        }

        static (long Least, long Greatest) Union((long Least, long Greatest) a, (long Least, long Greatest) b) =>
            (Math.Min(a.Least, b.Least), Math.Max(a.Greatest, b.Greatest));
    }
}
