using System.Collections.Immutable;
using Checker.Model.Ir;
using Checker.Solver;
using Checker.Solver.Proof;
using Checker.Solver.Proof.Certificates;
using Checker.Solver.Proof.Inference;

namespace Checker.Tests.Fuzz.Against;

/// <summary>
/// A property proved for any size holds at several sizes, and a solver which reads the certificates from scratch confirms them.
/// </summary>
internal static class ForAnySize
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(1);

    public static void CheckInduction(Comparison compare)
    {
        var system = compare.Subject.System;
        var result = Induction.Prove(system, Claimed(system), Options(compare));
        var proved = result.ProvedProperties.ToList();
        if (result.Stopped)
        {
            throw new TimeoutReachedException("the proof was stopped");
        }

        compare.Met.AddRange(result.Obligations.Where(o => o.Status == ProofStatus.Unknown).Take(1).Select(_ => Event.Timeout));
        // The lemmas form an invariant by themselves if each of them is kept.
        if (result.Obligations.Where(o => o.Obligation.Kind != ObligationKind.Implication).All(o => o.Status == ProofStatus.Proved))
        {
            proved.AddRange(system.Properties.Where(p => p.Kind == PropertyKind.Lemma && result.Conjuncts.Contains(p)));
        }

        Hold(compare, system, proved);
    }

    public static void CheckCertificates(Comparison compare)
    {
        var system = compare.Subject.System;
        var claimed = Claimed(system);
        var result = Induction.Prove(system, claimed, Options(compare) with { Cores = true });
        // Properties without a proof are left out, so there is more often something to certify.
        var proved = result.ProvedProperties.ToList();
        if (proved.Count > 0 && proved.Count < claimed.Count)
        {
            result = Induction.Prove(system, proved, Options(compare) with { Cores = true });
        }

        if (result.Status != ProofStatus.Proved || result.Obligations.IsEmpty)
        {
            return;
        }

        string folder = Certificate.FolderOf(Manifest.FolderOf(1), 0, "Fuzz", "");
        var (certified, texts) = Certificate.Of(folder, "Fuzz", "", result);
        foreach (var file in certified.Files)
        {
            var answers = Z3Text.Answers(texts.Single(t => t.Name == file.Name).Text);
            compare.Same(string.Join(' ', file.Goals.Select(_ => "unsat")), string.Join(' ', answers), $"what Z3 answers to {file.Name}");
        }

        Certifier.Compare(folder, certified, system, result.Properties, (name, _) =>
            System.Text.Encoding.UTF8.GetBytes(texts.Single(t => t.Name == name).Text));
    }

    public static void CheckInference(Comparison compare)
    {
        var system = compare.Subject.System;
        if (Claimed(system).Find(p => p.Kind is PropertyKind.Invariant or PropertyKind.StepInvariant) is not { } property)
        {
            return;
        }

        var options = new InferOptions
        {
            Variables = 2,
            Literals = 2,
            States = 300,
            Timeout = TimeSpan.FromMilliseconds(500),
            Threads = 1,
            Cancellation = compare.Subject.Cancellation,
        };
        var result = LemmaInference.Run(system, property, options);
        switch (result.Answer)
        {
            case Answer.Holds:
                Hold(compare, system, [property]);
                Hold(compare, system with { Properties = system.Properties.AddRange(result.Lemmas) }, result.Lemmas);
                break;
            case Answer.Violated:
                compare.Holds(result.Answer.Shown?.Property?.Name == property.Name,
                    $"the refutation shows {result.Answer.Shown?.Property?.Name}, not {property.Name}");
                Bridge.Confirm(result.Answer.Shown!);
                break;
            default:
                break;
        }
    }

    /// <summary>The properties with an encoding. If none has one, all of them, so the engine refuses them itself.</summary>
    private static List<PropertyDeclaration> Claimed(TransitionSystem system)
    {
        var (claimed, encodable) = (system.Properties.Where(p => p.IsSafety).ToList(), new Encodable(system));
        var some = claimed.Where(p => encodable.Refusal(p.Formula) is null).ToList();
        return some.Count > 0 ? some : claimed;
    }

    private static ProofOptions Options(Comparison compare) => new(s_timeout, Threads: 1, Vacuity: false, Cores: false,
        compare.Subject.Cancellation);

    /// <summary>Checks the properties at the sizes of the model, and at smaller and larger ones.</summary>
    private static void Hold(Comparison compare, TransitionSystem system, IReadOnlyCollection<PropertyDeclaration> proved)
    {
        if (proved.Count == 0)
        {
            return;
        }

        foreach (var sizes in Sizes(system))
        {
            var search = system == compare.Subject.System ? compare.Subject.At(sizes) : Subject.Try(system, sizes);
            foreach (var property in search is null ? [] : proved)
            {
                string at = string.Join(", ", sizes.Select(s => $"{s.Key} {s.Value}"));
                compare.Same(null, search!.LengthOf(property), $"a violation of {property.Name}, said to be proved, at {at}; the length");
            }
        }
    }

    private static IEnumerable<Dictionary<string, int>> Sizes(TransitionSystem system)
    {
        IEnumerable<ImmutableArray<int>> all = [[]];
        foreach (var sort in system.Sorts)
        {
            int[] sizes = system.MayBeEmpty.Contains(sort.Name) ? [0, 1, 2, 3] : [1, 2, 3];
            all = from some in all from size in sizes select some.Add(size);
        }

        return all.Where(s => s.Sum() <= system.Sorts.Length + 3).Select(s =>
            system.Sorts.Zip(s).ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal));
    }
}
