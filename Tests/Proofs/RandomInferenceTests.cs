using System.Globalization;
using Checker.Model.Ir;
using Checker.Solver.Instance;
using Checker.Solver.Proof.Inference;
using Checker.Tests.Fuzz;
using Checker.Tests.Fuzz.Generator;

namespace Checker.Tests.Proofs;

/// <summary>
/// Inference on random models. CHECKER_INFER=count,number tries the given number of models, starting with the given one.
/// </summary>
public sealed class RandomInferenceTests(ITestOutputHelper output)
{
    private const int Usual = 40;
    private const int MostModels = 400;
    private const int MostStates = 5_000;

    [Fact, Trait("Tier", "slow")]
    public void What_is_said_of_a_random_model_is_true_of_it()
    {
        var findings = Numbers().SelectMany(n => Runner.Check(Models.Of(n, new()), "infer", new())).ToList();

        findings.ForEach(f => output.WriteLine($"{f.Model.Origin}: {f.Message}\n{f.Model}"));
        Assert.Empty(findings);
    }

    /// <summary>
    /// Confirms claims by brute force with the interpreter, over all states of the claims' instances: Houdini in its textbook form.
    /// </summary>
    [Fact, Trait("Tier", "slow")]
    public void Every_inductive_set_of_clauses_allows_the_state_that_is_said_to_be_allowed()
    {
        // Few models lead to a claim which is small enough to confirm. The search continues until there is one.
        var claims = new List<string>();
        ulong[] numbers = [.. Numbers()];
        foreach (ulong number in numbers.Concat(Enumerable.Range(1, MostModels).Select(i => numbers[^1] + (ulong)i))
            .TakeWhile(n => n <= numbers[^1] || claims.Count == 0))
        {
            var system = Models.Of(number, new()).System;
            foreach (var property in system.Properties.Where(p => p.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant))
            {
                string what = $"model {number}: {property.Name}";
                if (Confirm(system, property, what))
                {
                    claims.Add(what);
                }
            }
        }

        output.WriteLine(string.Join('\n', claims));
        Assert.NotEmpty(claims);
    }

    /// <summary>Confirms a claim by brute force. Returns false if there is no claim, or if the instances are too large.</summary>
    private static bool Confirm(TransitionSystem system, PropertyDeclaration property, string what)
    {
        var options = new InferOptions
        {
            Variables = 2,
            Literals = 1,
            States = 300,
            MostElements = 2,
            Timeout = TimeSpan.FromSeconds(1),
            Threads = 1,
            Cancellation = TestContext.Current.CancellationToken
        };
        InferResult result;
        try
        {
            result = LemmaInference.Run(system, property, options);
        }
        catch (NotSupportedException)
        {
            return false;
        }

        if (result.Stuck is not { } stuck)
        {
            return false;
        }

        var slice = stuck.Scope.System;
        var scopes = result.Statistics.Instances.Select(i =>
            new Scope(slice, slice.Sorts.Zip(i.Sizes).ToDictionary(s => s.First.Name, s => s.Second)))
            .Append(stuck.Scope)
            .ToList();
        if (scopes.Exists(s => s.Cells.Aggregate(1.0, (n, c) => n * c.Cardinality) > MostStates))
        {
            return false;
        }

        var vocabulary = new Vocabulary(slice, options);
        var left = vocabulary.Shapes.SelectMany(shape => shape.AllLiterals().Select(l => vocabulary.Formula(shape.Clause([l])))).ToList();
        bool again = true;
        while (again)
        {
            again = false;
            foreach (var interpreter in scopes.Select(s => new Interpreter(s)))
            {
                var allowed = Scope.Tuples([.. interpreter.Scope.Cells.Select(c => c.Cardinality)])
                    .Select(t => t.ToArray())
                    .Where(s => left.TrueForAll(c => interpreter.Holds(c, s)))
                    .ToList();
                foreach (int[] next in allowed.SelectMany(s => interpreter.Successors(s))
                    .Select(n => n.Next)
                    .Prepend(interpreter.Scope.InitialState()))
                {
                    again |= left.RemoveAll(c => !interpreter.Holds(c, next)) > 0;
                }
            }
        }

        var there = new Interpreter(stuck.Scope);
        Assert.All(left, c => Assert.True(there.Holds(c, [.. stuck.Before]), $"{what}: {c} is inductive and excludes the state"));
        Assert.False(
            stuck.Instance is null
                ? there.Holds(property.Formula, [.. stuck.Before])
                : there.Holds(property.Formula, [.. stuck.Before], [.. stuck.After]),
            what);
        return true;
    }

    private static IEnumerable<ulong> Numbers()
    {
        string[] asked = (Environment.GetEnvironmentVariable("CHECKER_INFER") ?? "").Split(',');
        ulong count = asked[0].Length > 0 ? ulong.Parse(asked[0], CultureInfo.InvariantCulture) : Usual;
        ulong first = asked.Length > 1 ? ulong.Parse(asked[1], CultureInfo.InvariantCulture) : 1;
        for (ulong number = first; number < first + count; number++)
        {
            yield return number;
        }
    }
}
