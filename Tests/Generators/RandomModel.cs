using System.Collections.Immutable;
using System.Text;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using FsCheck;
using FsCheck.Fluent;

namespace Checker.Tests.Generators;

/// <summary>The possible variables of a random model. Each is a field of <see cref="RandomSpec"/>.</summary>
internal enum Palette
{
    Flag,       // A -> bool
    Level,      // 0..3
    Link,       // A -> B or none
    Mode,       // A -> three values
    Gate,       // bool
    Score,      // B -> 1..3
    Pair,       // A, B -> bool
    Owner,      // A or none
    Slot,       // A -> record
    Peer,       // A -> A or none
    Phase,      // one of three values, or none
    ByMode,     // three values -> bool: an index which may depend on the state
    ByFlag,     // bool -> 61..63: an index which is no element, and numbers at the end of the representable range
    ByOption,   // bool, A or none -> bool: an index which is an element or none
}

/// <summary>
/// A description of a small model as plain numbers: the sizes and variables, and a stream of choices for each action and each
/// claim. Any numbers describe a well-formed model, so FsCheck can shrink them freely. <see cref="RandomSpec"/> writes the model.
/// </summary>
public sealed class RandomModel
{
    /// <summary>The largest number of bits of a state. The interpreter must be able to visit all states.</summary>
    private const double MostBits = 9;

    private readonly int[] _shape;
    private readonly int[][] _actions;
    private readonly int[][] _claims;

    internal RandomModel(int[] shape, int[][] actions, int[][] claims)
    {
        (_shape, _actions, _claims) = (shape, actions, claims);
        var choices = new Choices(shape);
        (SizeA, SizeB) = (1 + choices.Next(3), 1 + choices.Next(3));
        int wanted = 2 + choices.Next(4);
        var chosen = ImmutableSortedSet.CreateBuilder<Palette>();
        double bits = 0;
        for (int tries = 0; tries < 8 && chosen.Count < wanted; tries++)
        {
            var all = Enum.GetValues<Palette>();
            var next = all.Except(chosen).ElementAt(choices.Next(all.Length - chosen.Count));
            if (bits + Bits(next) <= MostBits)
            {
                chosen.Add(next);
                bits += Bits(next);
            }
        }

        Variables = chosen.ToImmutable();
        LevelAtStart = choices.Next(4);
        ImmutableArray<string> labels = [.. RandomSpec.AllLabels.Where(_ => choices.Next(3) == 2)];
        System = new RandomSpec(this).Build().Without(labels);
        Scope = ScopeOf(System);
    }

    internal int SizeA { get; }

    internal int SizeB { get; }

    internal ImmutableSortedSet<Palette> Variables { get; }

    internal int LevelAtStart { get; }

    internal IEnumerable<Choices> Actions => _actions.Select(a => new Choices(a));

    internal IEnumerable<Choices> Claims => _claims.Select(c => new Choices(c));

    /// <summary>The model, without the labels dropped by the description.</summary>
    public TransitionSystem System { get; }

    public Scope Scope { get; }

    /// <summary>The sizes, for a mutant of the model.</summary>
    public Scope ScopeOf(TransitionSystem mutant) =>
        new(mutant, new Dictionary<string, int>(StringComparer.Ordinal) { [nameof(A)] = SizeA, [nameof(B)] = SizeB });

    /// <summary>For [Property(Arbitrary = ..)].</summary>
    public static Arbitrary<RandomModel> Arbitrary()
    {
        var number = Gen.Choose(0, 1_000_000);
        var description =
            from shape in number.ArrayOf(16)
            from actions in Gen.Choose(2, 6).SelectMany(n => number.ArrayOf(40).ArrayOf(n))
            from claims in Gen.Choose(1, 5).SelectMany(n => number.ArrayOf(24).ArrayOf(n))
            select new RandomModel(shape, actions, claims);
        return Arb.From(description, m => m.Smaller());
    }

    /// <summary>The model as text. FsCheck prints it for a counterexample.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{nameof(A)} {SizeA}, {nameof(B)} {SizeB}, without {{{string.Join(", ", System.Dropped)}}}\n");
        foreach (var variable in System.Variables)
        {
            text.Append($"  {variable.Name}[{string.Join(", ", variable.Index)}]: {variable.Type} = "
                + $"{Printer.Value(variable.Type, variable.Initial)}\n");
        }

        foreach (var action in System.Actions)
        {
            text.Append($"  {action.Name}({string.Join(", ", action.Parameters)})\n");
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

        foreach (var property in System.Properties)
        {
            text.Append($"  {property.Kind} {property.Name}: {string.Join(", ", property.Actions)} {property.Formula}\n");
        }

        return text.ToString();
    }

    /// <summary>
    /// The smaller descriptions: first with fewer actions and claims, then with shorter streams, then with smaller numbers.
    /// </summary>
    private IEnumerable<RandomModel> Smaller()
    {
        var fewer = Without(_actions).Where(a => a.Length > 0).Select(a => new RandomModel(_shape, a, _claims))
            .Concat(Without(_claims).Select(c => new RandomModel(_shape, _actions, c)));
        var simpler = Simpler(_shape).Select(s => new RandomModel(s, _actions, _claims))
            .Concat(One(_actions).Select(a => new RandomModel(_shape, a, _claims)))
            .Concat(One(_claims).Select(c => new RandomModel(_shape, _actions, c)));
        return fewer.Concat(simpler);

        static IEnumerable<int[][]> Without(int[][] streams) => streams.Select((_, i) => streams.Where((_, j) => j != i).ToArray());

        static IEnumerable<int[][]> One(int[][] streams) =>
            streams.SelectMany((s, i) => Simpler(s).Select(simpler => streams.Select((other, j) => i == j ? simpler : other).ToArray()));

        static IEnumerable<int[]> Simpler(int[] stream) =>
            new[] { stream.Length / 2, stream.Length * 3 / 4, stream.Length - 1 }
                .Where(n => n >= 0 && n < stream.Length)
                .Distinct()
                .Select(n => stream[..n])
                .Concat(Enumerable.Range(0, stream.Length).Select(i => stream.Where((_, j) => j != i).ToArray()))
                .Concat(Enumerable.Range(0, stream.Length)
                .Where(i => stream[i] > 0)
                .Select(i => stream.Select((n, j) => i == j ? 0 : n).ToArray()));
    }

    private double Bits(Palette variable) => variable switch
    {
        Palette.Flag => SizeA,
        Palette.Level => 2,
        Palette.Link => SizeA * Math.Log2(SizeB + 1),
        Palette.Mode => SizeA * Math.Log2(3),
        Palette.Gate => 1,
        Palette.Score => SizeB * Math.Log2(3),
        Palette.Pair => SizeA * SizeB,
        Palette.Owner => Math.Log2(SizeA + 1),
        Palette.Slot => SizeA * Math.Log2(2 * (SizeB + 1) * 2),
        Palette.Peer => SizeA * Math.Log2(SizeA + 1),
        Palette.Phase => 2,
        Palette.ByFlag => 2 * Math.Log2(3),
        Palette.ByOption => 2 * (SizeA + 1),
        _ => 3,
    };
}
